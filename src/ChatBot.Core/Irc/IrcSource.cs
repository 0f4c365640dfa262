using System.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// Who a line comes from (RFC 1459 §2.3.1): "nick!user@host", or a server's name, which then stands in <see cref="Nick"/>.
/// </summary>
public readonly record struct IrcSource(string Nick, string? User, string? Host)
{
    public static IrcSource Parse(string? source) => Read(Encoding.UTF8.GetBytes(source ?? ""));

    internal static IrcSource Read(ReadOnlySpan<byte> source)
    {
        var at = source.IndexOf((byte)'@');
        var left = at < 0 ? source : source[..at];
        var bang = left.IndexOf((byte)'!');
        return new(
            IrcEncoding.Read(bang < 0 ? left : left[..bang], source),
            bang < 0 ? null : IrcEncoding.Read(left[(bang + 1)..], source),
            at < 0 ? null : IrcEncoding.Read(source[(at + 1)..], source));
    }

    /// <summary>
    /// True for a person or a bot, false for a server. No network gives out nicks with a dot, so that a nick shaped like a
    /// server's name is nobody; nor is one that could not stand in a line of ours.
    /// </summary>
    public bool IsUser => (User is not null || Host is not null) && !Nick.Contains('.') && IrcCommand.CanTarget(Nick);

    public override string ToString() =>
        (User, Host) switch
        {
            (null, null) => Nick,
            (null, _) => $"{Nick}@{Host}",
            (_, null) => $"{Nick}!{User}",
            _ => $"{Nick}!{User}@{Host}",
        };
}

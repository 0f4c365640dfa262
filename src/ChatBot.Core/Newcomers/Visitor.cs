namespace ChatBot.Core.Newcomers;

/// <summary>Somebody in a channel, as the server shows them at that moment.</summary>
/// <param name="Nick">The nick.</param>
/// <param name="User">The user name, with its <c>~</c> where the server puts one; null if unknown.</param>
/// <param name="Host">The host or cloak; null if unknown.</param>
/// <param name="Account">The services account; null if none or unknown.</param>
/// <param name="Bot">The server says that this is a program (user mode <c>+B</c>).</param>
public sealed record Visitor(string Nick, string? User = null, string? Host = null, string? Account = null, bool Bot = false)
{
    /// <param name="nick">The nick.</param>
    /// <param name="userHost">"user@host"; what holds no "@" is unknown.</param>
    /// <param name="account">The services account.</param>
    /// <param name="bot">Whether this is a program.</param>
    public static Visitor Of(string nick, string userHost, string? account, bool bot = false) =>
        userHost.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at
            ? new Visitor(nick, userHost[..at], userHost[(at + 1)..], account, bot)
            : new Visitor(nick, null, null, account, bot);

    // A record prints its members; an address must appear nowhere.
    public override string ToString() => Nick;
}

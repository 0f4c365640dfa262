using System.Globalization;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// The value of the capability sts (IRCv3 strict transport security). A part that is malformed, or said twice, is as if it had not
/// been said.
/// </summary>
/// <param name="Port">Where TLS is; counts on a connection that is not secure.</param>
/// <param name="Duration">How long only TLS may be used from now on, at most ten years; counts under TLS. Zero ends it.</param>
internal readonly record struct StsPolicy(int? Port, TimeSpan? Duration)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public static StsPolicy Parse(string value)
    {
        var keys = value.Split(',');
        var port = Number(keys, "port=");
        var duration = Number(keys, "duration=");
        return new(
            port is > 0 and < 65536 ? (int)port : null,
            duration is { } seconds ? seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest : null);
    }

    private static long? Number(string[] keys, string key) =>
        Array.FindAll(keys, k => k.StartsWith(key, StringComparison.Ordinal)) is [var only]
        && long.TryParse(only.AsSpan(key.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

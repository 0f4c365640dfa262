
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>
/// What our own comments in the monitor end in, <c>(ChatBot #42)</c>: by it we know them again, and people there find the incident.
/// </summary>
public static class MonitorMark
{
    private const string Begin = "(ChatBot ";

    public static string Of(long incident) => $"{Begin}#{incident})";

    /// <param name="key">Of a downtime.</param>
    public static string Of(string key) => $"{Begin}{key})";

    /// <summary>Whether the comment of an acknowledgement is one of ours.</summary>
    public static bool IsOurs(RootText? comment) =>
        comment is { } text && text.Value.LastIndexOf($"{Begin}#", StringComparison.Ordinal) is >= 0 and var at
        && text.Value.EndsWith(')') && !text.Value.AsSpan(at + Begin.Length + 1, text.Value.Length - at - Begin.Length - 2).ContainsAnyExceptInRange('0', '9');
}

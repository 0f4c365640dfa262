using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>What a check printed, as it is said behind its name and state, for the root group.</summary>
internal static class CheckOutput
{
    private static readonly string[] Signs = [" - ", ": ", " : ", " – ", " — "];

    /// <summary>
    /// The output without the check and the state that it begins with: “IMAP CRITICAL - 6.132 second response time” says both again. Null
    /// where there is none.
    /// </summary>
    /// <param name="incident">Any.</param>
    /// <param name="most">Its length in UTF-16 units; a longer one ends with “…”.</param>
    public static RootText? Of(Incident incident, int most = int.MaxValue)
    {
        if (incident.Detail is not { IsEmpty: false } whole)
        {
            return null;
        }

        var (text, state) = (whole.Value, incident.State.Text().Value);
        foreach (var start in incident.Service is { } service ? [$"{service.Value} {state}", state] : (string[])[state])
        {
            var sign = text.StartsWith(start, StringComparison.OrdinalIgnoreCase)
                ? Array.Find(Signs, sign => text.AsSpan(start.Length).StartsWith(sign, StringComparison.Ordinal))
                : null;
            if (sign is not null && text.Length > start.Length + sign.Length)
            {
                return new RootText(text[(start.Length + sign.Length)..], most);
            }
        }

        return text.Length <= most ? whole : new RootText(text, most);
    }
}

using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>What a check printed, as it is said behind its name and state, for the root group.</summary>
internal static class CheckOutput
{
    private static readonly string[] Signs = [" - ", ": ", " : ", " – ", " — "];

    /// <summary>
    /// The output without the check, the part and the state that it begins with: “IMAP CRITICAL - 6.132 second response time” says both again. Null
    /// where there is no more.
    /// </summary>
    /// <param name="incident">Any.</param>
    /// <param name="most">Its length in UTF-16 units; a longer one ends with “…”.</param>
    public static RootText? Of(Incident incident, int most = int.MaxValue)
    {
        if (incident.Detail is not { IsEmpty: false } whole)
        {
            return null;
        }

        var (text, state) = (WithoutPart(whole.Value, incident.Part.Name.Value), incident.State.Text().Value);
        if (text.Length == 0)
        {
            return null;
        }

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

        return new RootText(text, most);
    }

    // “Fail (/dev/sdb1)” of (Fail), “/var is 99.00 (outside range [:98])” of (/var).
    private static string WithoutPart(string text, string part)
    {
        if (part.Length == 0 || !text.StartsWith(part, StringComparison.OrdinalIgnoreCase) || text.Length > part.Length && char.IsLetterOrDigit(text[part.Length]))
        {
            return text;
        }

        var rest = text.AsSpan(part.Length);
        foreach (var sign in (ReadOnlySpan<string>)[.. Signs, " is ", ", "])
        {
            if (rest.StartsWith(sign, StringComparison.Ordinal))
            {
                return new string(rest[sign.Length..].Trim());
            }
        }

        return Inside(rest.Trim());
    }

    // Of what is left in parentheses alone the inside.
    private static string Inside(ReadOnlySpan<char> rest) => rest is ['(', .. var inside, ')'] && !inside.ContainsAny("()") ? new string(inside) : new string(rest);
}

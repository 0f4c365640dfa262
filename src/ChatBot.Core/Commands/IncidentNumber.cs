using System.Globalization;

namespace ChatBot.Core.Commands;

/// <summary>Reads the number of an incident: <c>42</c> or <c>#42</c>, in ASCII digits.</summary>
public static class IncidentNumber
{
    public static long? Parse(string word)
    {
        var digits = word.StartsWith('#') ? word[1..] : word;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }
}

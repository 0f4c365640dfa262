using System.Collections.Frozen;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Which numbers of a subject are a value, a time or a count, which the next message has otherwise (<c>97 %</c>, <c>12:30</c>, <c>load 12.4</c>,
/// <c>for 5 minutes</c>), and which belong to a name (<c>disk 2</c>, <c>port 443</c>): two checks may differ in such a one alone.
/// </summary>
internal static class SubjectNumber
{
    private static readonly FrozenSet<string> Units = FrozenSet.ToFrozenSet(
        [.. ("% s sec secs second seconds seconde secondes ms m mn min mins minute minutes h hour hours heure heures d day days j jour jours k kb mb gb tb kib mib gib tib ko mo go to "
            + "b °c v w a rpm bps kbps mbps gbps req x times fois percent pourcent am pm utc cet cest gmt").Split(' ')]);

    // Behind them stands what was measured.
    private static readonly FrozenSet<string> Measures = FrozenSet.ToFrozenSet(
        [.. ("load charge http code status queue temperature temp usage utilisation used free at of over above below under for since depuis pendant after apres is est value valeur current "
            + "count total attempt tentative took response latency").Split(' ')]);

    /// <summary>Whether the word at a place is such a value, or the unit of one.</summary>
    public static bool IsValue(List<SubjectWord> words, int at)
    {
        var word = words[at].Folded;
        if (!char.IsAsciiDigit(word[0]))
        {
            return at > 0 && Units.Contains(word) && IsNumber(words[at - 1].Folded);
        }

        var unit = word.TrimStart("0123456789.,".ToCharArray());
        if (unit.Length > 0)
        {
            return Units.Contains(unit) || unit[0] == 'h' && unit[1..].All(char.IsAsciiDigit) || word.Split('-', ':', 't', 'z', '+').All(IsDigits) && word.Count(sign => sign == '-') > 1;
        }

        return IsTime(words, at) || at + 1 < words.Count && Units.Contains(words[at + 1].Folded) || IsBehindValue(words, at);
    }

    private static bool IsBehindValue(List<SubjectWord> words, int at)
    {
        if (at == 0)
        {
            return true;
        }

        var before = words[at - 1];
        return before.IsSign
            ? before.Text is not ("-" or "#" or "/" or ".") && !(before.Text == ":" && before.IsGlued && words[at].IsGlued)
            : Measures.Contains(before.Folded);
    }

    private static bool IsTime(List<SubjectWord> words, int at) => IsBeside(words, at, 1) || IsBeside(words, at, -1);

    private static bool IsBeside(List<SubjectWord> words, int at, int step) =>
        at + 2 * step is var other && other >= 0 && other < words.Count && words[at + step].Text == ":" && words[Math.Max(at, at + step)].IsGlued && IsNumber(words[other].Folded);

    private static bool IsNumber(string word) => char.IsAsciiDigit(word[0]) && word.All(sign => char.IsAsciiDigit(sign) || sign is '.' or ',');

    private static bool IsDigits(string text) => text.All(sign => char.IsAsciiDigit(sign) || sign == '.');
}

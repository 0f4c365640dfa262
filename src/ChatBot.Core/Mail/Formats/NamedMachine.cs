using System.Collections.Frozen;
using ChatBot.Core.Machines;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// The one machine of the inventory that a subject is about, and where it names it. A short name may be an ordinary word: a full name, an address of the
/// web, <c>[hal]</c>, <c>on hal</c>, <c>hal:</c>, <c>hal/disk</c>, or its place at the end of a subject and beside the state, mark it; « le sud » is none.
/// </summary>
internal static class NamedMachine
{
    private const int MostLines = 60;

    private static readonly FrozenSet<string> Before = FrozenSet.ToFrozenSet(
        ["on", "sur", "host", "hote", "machine", "serveur", "server", "node", "entity", "device"]);

    private static readonly FrozenSet<string> Articles = FrozenSet.ToFrozenSet(
        ["le", "la", "l", "les", "un", "une", "du", "au", "aux", "the", "an", "this", "ce", "cet", "cette", "votre", "notre", "your", "our"]);

    private static readonly string[] Labels =
        ["Host:", "Hostname:", "Host name:", "Hôte :", "Hôte:", "Device:", "Server:", "Serveur :", "Serveur:", "Machine :", "Machine:", "Entity:", "Node:", "Target:", "Monitor:", "URL:", "Url:"];

    /// <summary>What a subject names.</summary>
    /// <param name="words">Of it.</param>
    /// <param name="inventory">The machines.</param>
    /// <returns>The machine, where it names one alone and marks it; where it stands; and all machines that it may mean.</returns>
    public static (Machine? Machine, HashSet<int> At, IReadOnlyList<Machine> Mentioned) In(List<SubjectWord> words, Inventory inventory)
    {
        var named = words.Select((word, at) => (At: at, Machine: word.IsSign ? null : Find(word.Text, inventory)))
            .Where(one => one.Machine is not null && (IsFull(words[one.At]) || !IsOrdinary(words, one.At))).ToList();
        var machines = named.Select(one => one.Machine!).Distinct().ToList();
        var isMarked = named.Exists(one => IsMarked(words, one.At));
        return (machines is [var only] && isMarked ? only : null, [.. named.Where(_ => isMarked).Select(one => one.At)], machines);
    }

    /// <summary>The only machine that the lines of a text name by a label, a full name or an address of the web, and all that they write for it.</summary>
    public static (Machine Machine, IReadOnlyList<string> Written)? InText(string text, Inventory inventory)
    {
        Machine? found = null;
        var names = new List<string>();
        var left = MostLines;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0)
            {
                break;
            }

            var written = new string(line.Trim());
            var isLabelled = Array.Exists(Labels, label => written.StartsWith(label, StringComparison.OrdinalIgnoreCase));
            foreach (var word in written.Length > 400 ? [] : SubjectWords.Of(written))
            {
                if (!word.IsSign && (isLabelled || IsFull(word)) && Find(word.Text, inventory) is { } machine)
                {
                    if (found is not null && found != machine)
                    {
                        return null;
                    }

                    found = machine;
                    names.Add(word.Text);
                }
            }
        }

        return found is null ? null : (found, [.. names.Distinct(StringComparer.Ordinal)]);
    }

    public static bool IsPreposition(string word) => Before.Contains(word);

    /// <summary>Whether nothing but words like “on host” stand from there to where it is named.</summary>
    public static bool IsBefore(List<SubjectWord> words, int at, HashSet<int> machine)
    {
        var start = at;
        while (at < words.Count && (Before.Contains(words[at].Folded) || words[at].IsSign && words[at].Text is ":" or "{" or "="))
        {
            at++;
        }

        return at > start && machine.Contains(at);
    }

    private static Machine? Find(string text, Inventory inventory)
    {
        if (text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme)
        {
            var host = text[(scheme + 3)..];
            return inventory.Find(host.IndexOfAny(['/', ':', '?', '#']) is >= 0 and var end ? host[..end] : host);
        }

        return inventory.Find(text);
    }

    // An address and a full name are no words of a language.
    private static bool IsFull(SubjectWord word) => word.Text.Contains('.', StringComparison.Ordinal);

    private static bool IsMarked(List<SubjectWord> words, int at)
    {
        var before = at > 0 ? words[at - 1] : null;
        var after = at + 1 < words.Count ? words[at + 1] : null;
        var isBegun = before is null || before.IsSign && before.Text is not ("," or "'" or "’") || Before.Contains(before.Folded) || StateWord.Of(before.Folded) is not null;
        return IsFull(words[at])
            || before is { IsSign: false } && Before.Contains(before.Folded)
            || words[at].Bracket > 0 && Others(words, at).All(one => one.IsSign || Before.Contains(one.Folded))
            || isBegun && (after?.Text == ":" || after is { Text: "/", IsGlued: true })
            || words.Take(at).All(IsAside) && IsBesideState(words, at, 1)
            || words.Skip(at + 1).All(IsAside) && IsBesideState(words, at, -1);
    }

    private static bool IsAside(SubjectWord word) => word.IsSign || word.Bracket > 0;

    private static IEnumerable<SubjectWord> Others(List<SubjectWord> words, int at) => words.Where((one, other) => other != at && one.Bracket == words[at].Bracket);

    // Nothing but verbs and signs between.
    private static bool IsBesideState(List<SubjectWord> words, int at, int step)
    {
        for (var next = at + step; next >= 0 && next < words.Count; next += step)
        {
            if (StateWord.Of(words[next].Folded) is not null)
            {
                return true;
            }

            if (!words[next].IsSign && !StateWord.IsVerb(words[next].Folded))
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsOrdinary(List<SubjectWord> words, int at) => at > 0
        && Articles.Contains((words[at - 1].Text is "'" or "’" && at > 1 ? words[at - 2] : words[at - 1]).Folded);
}

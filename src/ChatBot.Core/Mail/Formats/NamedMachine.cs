using System.Collections.Frozen;
using ChatBot.Core.Machines;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// The one machine of the inventory that a subject is about, and where it names it. A short name may be an ordinary word: a full name, an address of the
/// web, brackets, <c>on hal</c>, <c>hal:</c> and <c>hal/disk</c> come before it, and « le sud » is none.
/// </summary>
internal static class NamedMachine
{
    private const int MostLines = 60;

    private static readonly FrozenSet<string> Before = FrozenSet.ToFrozenSet(
        ["on", "sur", "host", "hote", "machine", "serveur", "server", "at", "for", "pour", "node", "entity", "device"]);

    private static readonly FrozenSet<string> Articles = FrozenSet.ToFrozenSet(
        ["le", "la", "l", "les", "un", "une", "du", "au", "aux", "the", "an", "this", "ce", "cet", "cette", "votre", "notre", "your", "our"]);

    private static readonly string[] Labels =
        ["Host:", "Hostname:", "Host name:", "Hôte :", "Hôte:", "Device:", "Server:", "Serveur :", "Serveur:", "Machine :", "Machine:", "Entity:", "Node:", "Target:", "Monitor:", "URL:", "Url:"];

    /// <summary>Null where it names none, or several.</summary>
    public static (Machine Machine, HashSet<int> At)? In(List<SubjectWord> words, Inventory inventory)
    {
        var named = words.Select((word, at) => (At: at, Machine: word.IsSign ? null : Find(word.Text, inventory))).Where(one => one.Machine is not null).ToList();
        var marked = named.FindAll(one => IsMarked(words, one.At));
        var counted = marked.Count > 0 ? marked : named.FindAll(one => !IsOrdinary(words, one.At));
        var machines = counted.Select(one => one.Machine!).Distinct().ToList();
        return machines is [var only] ? (only, [.. named.Where(one => one.Machine == only).Select(one => one.At)]) : null;
    }

    /// <summary>The only machine that the lines of a text name by a label, a full name or an address of the web.</summary>
    public static Machine? InText(string text, Inventory inventory)
    {
        Machine? found = null;
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
                if (!word.IsSign && (isLabelled || word.Text.Contains('.', StringComparison.Ordinal)) && Find(word.Text, inventory) is { } machine)
                {
                    if (found is not null && found != machine)
                    {
                        return null;
                    }

                    found = machine;
                }
            }
        }

        return found;
    }

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

    private static bool IsMarked(List<SubjectWord> words, int at)
    {
        var word = words[at];
        var before = at > 0 ? words[at - 1] : null;
        var after = at + 1 < words.Count ? words[at + 1] : null;
        return word.Text.Contains('.', StringComparison.Ordinal)
            || word.Bracket > 0 && before?.Bracket == word.Bracket && before.IsSign
            || before is { IsSign: false } && Before.Contains(before.Folded)
            || before is { Text: "/" or "@" or "\"" } && word.IsGlued
            || after is { Text: ":" or "/", IsGlued: true };
    }

    private static bool IsOrdinary(List<SubjectWord> words, int at) => at > 0
        && Articles.Contains((words[at - 1].Text is "'" or "’" && at > 1 ? words[at - 2] : words[at - 1]).Folded);
}

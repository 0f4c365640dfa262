using ChatBot.Core.Changelog;
using ChatBot.Core.Machines;

namespace ChatBot.Core.Commands;

/// <summary>
/// What somebody asks of changelogs: <c>hal</c>, <c>hal ? postfix</c>, <c>hal postfix ?</c>, <c>tous depuis lundi</c>, <c>de lunar</c>.
/// Behind the name of one machine stands what is to be written, unless it begins or ends with <c>?</c>; <c>depuis lundi</c> and one word alone may be
/// either. Behind <c>hal :</c> everything is to be written.
/// </summary>
public sealed record LogQuestion
{
    // More words than the longest moment has.
    private const int LongestMoment = 10;

    private static readonly char[] Closing = [.. "»\"”’') "];

    /// <summary>Which machines; null for all.</summary>
    public IReadOnlyList<Machine>? Machines { get; private init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? Since { get; private init; }

    /// <summary>By whom, as typed; null for anybody.</summary>
    public string? By { get; private init; }

    /// <summary>Words that an entry has, all of them.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>Whether it may be an entry as well.</summary>
    public bool MayBeEntry { get; private init; }

    /// <summary>Whether somebody may have meant to write it.</summary>
    public bool MayBeMistaken { get; private init; }

    /// <summary>Whether it says since when, in words that name no moment that is past.</summary>
    public bool IsSinceUnread { get; private init; }

    /// <summary>A word that should name a machine and names none.</summary>
    public string? Unknown { get; private init; }

    /// <summary>Whether some entries are meant, not the last ones.</summary>
    public bool IsNarrow => Since is not null || By is not null || Words.Count > 0;

    /// <summary>The question; null for what is to be written.</summary>
    /// <param name="call">Who asks, when.</param>
    /// <param name="machines">Those that are named first.</param>
    /// <param name="words">What follows them.</param>
    public static LogQuestion? Read(CommandCall call, IReadOnlyList<Machine> machines, IReadOnlyList<string> words)
    {
        var at = words.TakeWhile(word => !word.StartsWith('?')).Count();
        if (machines.Count > 0 && at > 0)
        {
            return OfMachines(call, machines, words);
        }

        List<string> scope = [.. words.Take(at)];
        List<string> rest = at < words.Count ? [words[at][1..], .. words.Skip(at + 1)] : [];
        var since = TakeSince(scope, call) ?? TakeSince(rest, call);
        var by = TakeBy(scope, call.Context.Inventory) ?? TakeBy(rest, call.Context.Inventory);
        var question = new LogQuestion
        {
            Machines = machines,
            Since = since,
            By = by,
            Words = [.. CommandLine.NamesOf(rest)],
            IsSinceUnread = scope.Exists(IsSinceWord) || HasUnreadSince(rest),
        };
        if (machines.Count > 0)
        {
            return question;
        }

        // A group, or all.
        var asked = MachineWords.Of(CommandLine.NamesOf(scope), call.Context.Inventory, []);
        return question with
        {
            Machines = asked.IsEverything ? null : asked.Machines,
            Unknown = asked.Unknown.Count > 0 && !question.IsSinceUnread ? asked.Unknown[0] : null,
        };
    }

    /// <summary>Whether an entry is meant.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="zone">The group's zone.</param>
    public bool Fits(ChangelogEntry entry, TimeZoneInfo zone)
    {
        var text = Typed.Fold(entry.Folder.Value + " " + entry.Text.Text.Value);
        return IsSince(entry, zone) && (By is null || IsBy(entry, Typed.Fold(By))) && Words.All(word => text.Contains(Typed.Fold(word), StringComparison.Ordinal));
    }

    /// <summary>Whether an entry is these words alone.</summary>
    public bool IsWhole(ChangelogEntry entry) => Words.Count > 0 && Typed.Fold(entry.Text.Text.Value.Trim('.', '!', ' ')) == Typed.Fold(string.Join(' ', Words));

    // “hal svp” and “hal postfix ?” ask; “hal depuis lundi”, “hal de lunar” and “hal postfix” may.
    private static LogQuestion? OfMachines(CommandCall call, IReadOnlyList<Machine> machines, IReadOnlyList<string> words)
    {
        // “hal : depuis lundi” and “hal: postfix” are meant to be written.
        if (words[0].StartsWith(':') || call.Words[call.Words.Count - words.Count - 1].EndsWith(':'))
        {
            return null;
        }

        var rest = words.ToList();
        var since = TakeSince(rest, call);
        var by = TakeBy(rest, call.Context.Inventory);
        var isAsked = words[^1].TrimEnd(Closing).EndsWith('?');
        var isSinceUnread = (isAsked || machines.Count > 1) && HasUnreadSince(rest);
        if (CommandLine.NamesOf(rest).All(MachineWords.IsFiller) || isAsked || isSinceUnread)
        {
            return new LogQuestion
            {
                Machines = machines,
                Since = since,
                By = by,
                Words = [.. CommandLine.NamesOf(rest).Where(word => isAsked && !MachineWords.IsFiller(word))],
                IsSinceUnread = isSinceUnread,
                MayBeMistaken = true,
                MayBeEntry = machines.Count == 1 && !isAsked && (since is not null || by is not null),
            };
        }

        return rest is [var word] && since is null && by is null && machines.Count == 1 && word.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or '\'' or '’')
            ? new LogQuestion { Machines = machines, Words = [word], MayBeEntry = true, MayBeMistaken = true }
            : null;
    }

    private bool IsSince(ChangelogEntry entry, TimeZoneInfo zone) => Since is not { } since
        || (entry.Precision == WrittenPrecision.Day
            ? TimeZoneInfo.ConvertTime(entry.At, zone).Date >= TimeZoneInfo.ConvertTime(since, zone).Date
            : entry.At >= since);

    private static bool IsBy(ChangelogEntry entry, string by)
    {
        var author = entry.WrittenBy.IsEmpty ? entry.By.Value : entry.WrittenBy.Value;
        return Typed.Fold(author) == by || author.Split(' ').Any(name => Typed.Fold(name) == by);
    }

    private static bool IsSinceWord(string word) => Typed.Fold(word) is "depuis" or "since";

    // Alone at the end it is a word like another.
    private static bool HasUnreadSince(List<string> words) => words.FindIndex(IsSinceWord) is >= 0 and var at && at + 1 < words.Count;

    private static DateTimeOffset? TakeSince(List<string> words, CommandCall call)
    {
        var at = words.FindIndex(IsSinceWord);
        for (var used = Math.Min(LongestMoment, words.Count - at - 1); at >= 0 && used > 0; used--)
        {
            var moment = words.GetRange(at + 1, used).Select(CommandLine.Bare).ToList();
            var since = TypedDuration.Read(moment, 0) is var (lasts, all) && all == used ? call.Now - lasts : TypedPast.Read(moment, call.Now, call.Phrases.TimeZone);
            if (since > DateTimeOffset.UnixEpoch)
            {
                words.RemoveRange(at, used + 1);
                return since;
            }
        }

        return null;
    }

    private static string? TakeBy(List<string> words, Inventory inventory)
    {
        var at = words.FindIndex(word => Typed.Fold(word) is "de" or "par" or "by" or "from");
        if (at < 0 || at + 1 >= words.Count || CommandLine.Bare(words[at + 1]) is not { Length: > 0 } name || inventory.Find(name) is not null
            || MachineWords.IsSeveral(name, inventory) || MachineWords.IsFiller(name))
        {
            return null;
        }

        words.RemoveRange(at, 2);
        return name;
    }
}

using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// What a program that no format knows says in its subject of a machine of the inventory: <c>[DOWN] hal: disk</c>, <c>hal is UP</c>, <c>Sensu Alert - hal/disk:
/// failing</c>, <c>[hal] Alert resolved</c>, <c>DOWN | hal backup</c>. It names one machine and one state, or nothing is made of it. Which check it is: its sender,
/// the machine, and the words of the subject without state, values and times. An end closes the trouble of just these words; of any other the root group reads it.
/// </summary>
internal static class StatedSubject
{
    private const int Longest = 400;
    private const int Reach = 2;

    private static readonly string[] CheckLabels =
        ["Service:", "Service :", "Check:", "Sensor:", "Metric:", "Test:", "Rule:", "Sonde :", "Sonde:", "Contrôle :", "Contrôle:", "Capteur :", "Capteur:"];

    public static readonly Tracked Tracks = new(
        "sender, machine, and the subject's words without state, values and times", "a good state in a subject of the same words, from the same sender; of other words it ends nothing, and root reads it");

    /// <summary>The same as an alert or as its end; null where the subject does not say so clearly.</summary>
    /// <param name="report">What is known of the mail otherwise.</param>
    /// <param name="mail">Of a program.</param>
    /// <param name="subject">Of the mail, or the first line of its text where that is lost.</param>
    /// <param name="inventory">The machines.</param>
    public static Report? Read(Report report, Mail mail, string subject, Inventory inventory)
    {
        if (subject.Length > Longest || subject.Contains('?', StringComparison.Ordinal) || Naming.IsAnswer(subject))
        {
            return null;
        }

        var words = SubjectWords.Of(subject);
        var named = NamedMachine.In(words, inventory);
        if ((named?.Machine ?? NamedMachine.InText(mail.Text, inventory)) is not { } machine
            || Said(words, named?.At ?? []) is not var (state, stated)
            || state.IsGood() && IsTextBad(mail.Text))
        {
            return null;
        }

        var at = named?.At ?? [];
        var (key, name) = Check(words, at, stated);
        var service = machine.Services.FirstOrDefault(service => service.Equals(name, StringComparison.OrdinalIgnoreCase));
        var isWhole = key.Length == 0;
        return report with
        {
            Kind = state.IsGood() ? ReportKind.Recovery : ReportKind.Alert,
            Machine = Name.OfMachine(machine.Name),
            Service = service is null ? null : Name.OfService(service),
            Part = CheckPart.Of(
                $"{mail.FromAddress?.ToLowerInvariant()}|{key}|{InText(mail.Text, isWhole && !stated.Any(its => IsOfMachine(words, its, at)))}", service is null ? name : "", isForRoot: true),
            State = state.IsGood() ? isWhole ? CheckState.Up : CheckState.Ok : state == CheckState.Down && !isWhole ? CheckState.Critical : state,
            Severity = null,
            Detail = new RootText(subject),
        };
    }

    /// <summary>Without what it says of a check: who may not act is heard, and begins and ends nothing.</summary>
    public static Report Unread(Report report) => report with
    {
        Kind = ReportKind.Unknown,
        Service = null,
        Part = default,
        State = null,
        Detail = null,
        Severity = report.Subject is { } subject ? Wording.OfSubject(subject.Value) : null,
    };

    // The state, and the words that say it; null where none does, or several that do not agree.
    private static (CheckState State, HashSet<int> At)? Said(List<SubjectWord> words, HashSet<int> machine)
    {
        if (words.Exists(word => !word.IsSign && StateWord.IsDoubt(word.Folded)))
        {
            return null;
        }

        var clear = Enumerable.Range(0, words.Count).Where(at => StateWord.Of(words[at].Folded) is not null && !IsDenied(words, at) && IsClear(words, at, machine)).ToList();
        var counted = clear.FindAll(at => !clear.Exists(later => later > at && IsChange(words, at, later)));
        var good = counted.FindAll(at => State(words, at).IsGood());
        var bad = counted.FindAll(at => !State(words, at).IsGood());
        if (counted.Count == 0)
        {
            return null;
        }

        if (good.Count > 0 && bad.Count > 0)
        {
            var isEnd = good.Exists(at => StateWord.IsEnd(words[at].Folded)) && !bad.Exists(at => IsTag(words, at) && !StateWord.IsNoun(words[at].Folded));
            return isEnd ? (CheckState.Ok, [.. clear]) : null;
        }

        return (bad.Count > 0 ? bad.Select(at => State(words, at)).MinBy(state => state.Rank()) : CheckState.Ok, [.. clear]);
    }

    private static CheckState State(List<SubjectWord> words, int at) => StateWord.Of(words[at].Folded)!.Value;

    private static bool IsClear(List<SubjectWord> words, int at, HashSet<int> machine)
    {
        var word = words[at];
        if (word.IsSign)
        {
            return words.Take(at).All(one => one.IsSign || one.Bracket > 0);
        }

        var before = at > 0 ? words[at - 1] : null;
        var isTag = IsTag(words, at) && (!StateWord.IsTagAlone(word.Folded) || IsAlone(words, at));
        if (isTag || IsCapitals(word.Text) || word.Folded.Contains('-', StringComparison.Ordinal) || before is { IsSign: false } && StateWord.IsVerb(before.Folded)
            || before is { Text: ":" or "-" or "|" or "=" or "→" or ">" or "–" } && IsLast(words, at))
        {
            return true;
        }

        return !StateWord.IsTagAlone(word.Folded) && before is not null
            && (char.IsUpper(word.Text[0]) || StateWord.IsNoun(before.Folded) || machine.Contains(at - 1) || before.Bracket > 0 && word.Bracket == 0 && IsLast(words, at));
    }

    // First in brackets, or first of all with a sign behind it.
    private static bool IsTag(List<SubjectWord> words, int at) => words[at].Bracket > 0
        ? words[at - 1].IsSign && words[at - 1].Bracket == words[at].Bracket && "[({".Contains(words[at - 1].Text, StringComparison.Ordinal)
        : words.Take(at).All(one => one.IsSign || one.Bracket > 0) && at + 1 < words.Count && words[at + 1].IsSign;

    private static bool IsAlone(List<SubjectWord> words, int at) =>
        words[at].Bracket == 0 || words.Count(one => one.Bracket == words[at].Bracket && !one.IsSign && !char.IsAsciiDigit(one.Text[0])) == 1;

    private static bool IsLast(List<SubjectWord> words, int at) => at + 1 == words.Count || words[at + 1].IsSign || StateWord.IsFiller(words[at + 1].Folded);

    private static bool IsCapitals(string text) => text.Length > 1 && text.All(char.IsUpper);

    private static bool IsDenied(List<SubjectWord> words, int at)
    {
        var left = Reach;
        for (var before = at - 1; before >= 0 && left > 0 && (!words[before].IsSign || words[before].Text is "'" or "’"); before--)
        {
            if (StateWord.IsDenial(words[before].Folded))
            {
                return true;
            }

            left -= words[before].IsSign ? 0 : 1;
        }

        return false;
    }

    // “OK -> CRITICAL”, “from OK to CRITICAL”.
    private static bool IsChange(List<SubjectWord> words, int from, int to)
    {
        var between = words.GetRange(from + 1, to - from - 1);
        return between.Count > 0
            && (between.TrueForAll(one => one.Text is "-" or ">" or "=" or "→") && between.Exists(one => one.Text is ">" or "→")
                || between is [{ Folded: "to" or "vers" }] && from > 0 && words[from - 1].Folded is "from" or "de");
    }

    private static bool IsTextBad(string text) => LostSubject.FirstLine(text) is { Length: <= Longest } first
        && Said(SubjectWords.Of(first), []) is { State: var state } && !state.IsGood();

    // The words by which this check differs from all others, and what people read of them.
    private static (string Key, string Name) Check(List<SubjectWord> words, HashSet<int> machine, HashSet<int> stated)
    {
        var kept = Enumerable.Range(0, words.Count).Where(at => !words[at].IsSign && !stated.Contains(at) && !IsMention(words[at], at, machine)
            && !StateWord.IsFiller(words[at].Folded) && !SubjectNumber.IsValue(words, at) && !IsNounOfState(words, at, stated)).ToList();

        // A list's name before everything says nothing to people, nor does “on” where the machine is left out.
        var told = machine.Concat(stated).ToList();
        var named = kept.FindAll(at => (words[at].Bracket == 0 || told.Exists(its => its < at || words[its].Bracket == words[at].Bracket))
            && !NamedMachine.IsBefore(words, at, machine));
        return (string.Join(' ', kept.Select(at => words[at].Folded)), string.Join(' ', named.Select(at => words[at].Text)));
    }

    /// <summary>
    /// What the text adds: the check that a label names, and its first line too where a subject says of the machine only that something is wrong or well again:
    /// a program may write so of all its checks.
    /// </summary>
    private static string InText(string text, bool isUnnamed)
    {
        var label = CheckLabels.Select(label => Shape.After(text, label)).FirstOrDefault(value => value is { Length: <= Longest });
        var first = isUnnamed && LostSubject.FirstLine(text) is { Length: <= Longest } line ? line : "";
        return string.Join('|', new[] { label ?? "", first }.Select(SubjectWords.Of).Select(words => Check(words, [], Said(words, [])?.At ?? []).Key));
    }

    // “hal is DOWN”, “hal has recovered”, and not “[RESOLVED] hal”.
    private static bool IsOfMachine(List<SubjectWord> words, int at, HashSet<int> machine) => State(words, at) is CheckState.Down or CheckState.Up
        || StateWord.IsEnd(words[at].Folded) && machine.Any(its => its < at && words.Skip(its + 1).Take(at - its - 1).All(one => one.IsSign || StateWord.IsVerb(one.Folded)));

    // Of an address of the web, the path is a part of the check.
    private static bool IsMention(SubjectWord word, int at, HashSet<int> machine) => machine.Contains(at) && !word.Text.Contains("://", StringComparison.Ordinal);

    // “Monitor is DOWN”, “Alert resolved”.
    private static bool IsNounOfState(List<SubjectWord> words, int at, HashSet<int> stated)
    {
        var next = at + 1;
        while (next < words.Count && !words[next].IsSign && StateWord.IsFiller(words[next].Folded))
        {
            next++;
        }

        return StateWord.IsNoun(words[at].Folded) && (stated.Contains(at - 1) || stated.Contains(next));
    }
}

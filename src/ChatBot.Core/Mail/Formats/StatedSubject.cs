using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// What a program that no format knows says in its subject of a machine of the inventory: <c>[DOWN] hal: disk</c>, <c>hal is UP</c>, <c>Sensu Alert - hal/disk:
/// failing</c>, <c>[hal] Alert resolved</c>. It names one machine and one state, or nothing is made of it. Which check it is: its sender, the machine, and all
/// of the subject that is not the state, numbers, signs and case included. An end closes the trouble of just this; of any other, and of an end that leaves a
/// doubt, the root group reads it with what stays open.
/// </summary>
internal static class StatedSubject
{
    private const int Longest = 400;

    // None is in a word or a sign.
    private const char Between = '\t';

    // They only part words from each other.
    private const string Separators = "[](){}:-–|→>=!,.;\"'’";

    private static readonly string[] JunkTags = ["spam", "junk", "bulk"];

    private static readonly string[] CheckLabels =
        ["Service:", "Service :", "Check:", "Sensor:", "Metric:", "Test:", "Rule:", "Sonde :", "Sonde:", "Contrôle :", "Contrôle:", "Capteur :", "Capteur:"];

    public static readonly Tracked Tracks = new(
        "sender, machine, and the whole subject without the words of its state",
        "a good state and no bad one in a subject that is otherwise the same, from the same sender; any other ends nothing, and root reads it");

    /// <summary>The same as an alert or as its end; null where the subject does not say so clearly.</summary>
    /// <param name="report">What is known of the mail otherwise.</param>
    /// <param name="mail">Of a program.</param>
    /// <param name="subject">Of the mail, or the first line of its text where that is lost.</param>
    /// <param name="inventory">The machines.</param>
    public static Report? Read(Report report, Mail mail, string subject, Inventory inventory)
    {
        if (subject.Length > Longest)
        {
            return null;
        }

        var words = SubjectWords.Of(subject);
        var named = NamedMachine.In(words, inventory);
        var told = named.Machine is null ? NamedMachine.InText(mail.Text, inventory) : null;
        if ((named.Machine ?? told?.Machine) is not { } machine || named.Mentioned.Any(other => other != machine))
        {
            return null;
        }

        var states = new SubjectState(words, named.At);
        var isAnswer = Naming.IsAnswer(subject) || subject.Contains('?', StringComparison.Ordinal);
        if (states.SaysGood && (isAnswer || !states.IsSureEnd || IsSuspect(mail) || IsTextBad(mail.Text)))
        {
            return report with
            {
                Kind = ReportKind.Recovery,
                Machine = Name.OfMachine(machine.Name),
                Part = CheckPart.Of($"doubt{Between}{subject}", isForRoot: true),
                State = CheckState.Ok,
                Severity = null,
                Detail = new RootText(subject),
            };
        }

        if ((states.IsSureEnd ? CheckState.Ok : states.Trouble) is not { } state || isAnswer)
        {
            return null;
        }

        var left = Enumerable.Range(0, words.Count).Where(at => !states.At.Contains(at)).ToList();
        var kept = left.FindAll(at => !words[at].IsSign && !IsMention(words[at], at, named.At));
        var isWhole = named.Machine is not null && kept.Count == 0
            && left.TrueForAll(at => !words[at].IsSign || Separators.Contains(words[at].Text, StringComparison.Ordinal));
        var key = Joined(words, isWhole ? left.FindAll(at => !words[at].IsSign) : left);
        var isUnnamed = kept.TrueForAll(at => StateWord.IsNoun(words[at].Folded) || NamedMachine.IsPreposition(words[at].Folded));
        var name = isUnnamed ? "" : NameOf(words, kept, named.At, states.At);
        var service = machine.Services.FirstOrDefault(service => service.Equals(name, StringComparison.OrdinalIgnoreCase));
        return report with
        {
            Kind = state.IsGood() ? ReportKind.Recovery : ReportKind.Alert,
            Machine = Name.OfMachine(machine.Name),
            Service = service is null ? null : Name.OfService(service),
            Part = CheckPart.Of(
                string.Join(Between, [mail.FromAddress?.ToLowerInvariant(), key, .. told?.Written ?? [], "", .. Labels(mail.Text), isUnnamed ? FirstLine(mail.Text) : ""]),
                service is null ? name : "", isForRoot: true),
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

    // What a filter held to be junk, in a field or in the tag that was taken off the subject since; and what was not read to its end.
    private static bool IsSuspect(Mail mail) => mail.Unread > 0
        || IsYes(mail.Header("X-Spam-Flag")) || IsYes(mail.Header("X-Spam-Status")) || IsYes(mail.Header("X-Spam"))
        || mail.Header("Subject") is { } written && written[..^SubjectTags.WithoutFilters(written).Length] is var tags
            && Array.Exists(JunkTags, tag => tags.Contains(tag, StringComparison.OrdinalIgnoreCase));

    private static bool IsYes(string? value) => value?.TrimStart().StartsWith("yes", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsTextBad(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (SubjectState.IsBad(SubjectWords.Of(new string(line))))
            {
                return true;
            }
        }

        return false;
    }

    private static string Joined(List<SubjectWord> words, IEnumerable<int> kept) =>
        string.Concat(kept.Select(at => words[at].IsGlued ? words[at].Text : " " + words[at].Text));

    // A list's name before everything says nothing to people, nor does “on” where the machine is left out.
    private static string NameOf(List<SubjectWord> words, List<int> kept, HashSet<int> machine, HashSet<int> stated)
    {
        var told = machine.Concat(stated).ToList();
        var named = kept.FindAll(at => (words[at].Bracket == 0 || told.Exists(its => its < at || words[its].Bracket == words[at].Bracket))
            && !NamedMachine.IsBefore(words, at, machine));
        return string.Join(' ', named.Select(at => words[at].Text));
    }

    // Each with its label: a sensor is no service of the same name.
    private static IEnumerable<string> Labels(string text) =>
        CheckLabels.Select(label => Shape.After(text, label) is { } value ? label + value.Replace(Between, ' ') : null).OfType<string>();

    /// <summary>Of the text, without its state: a program may write the same subject of all its checks. A very long line is whole.</summary>
    private static string FirstLine(string text)
    {
        if (LostSubject.FirstLine(text) is not { Length: <= Longest } line)
        {
            return LostSubject.FirstLine(text) ?? "";
        }

        var words = SubjectWords.Of(line);
        var states = new SubjectState(words, []);
        return Joined(words, Enumerable.Range(0, words.Count).Where(at => !states.At.Contains(at)));
    }

    // Of an address of the web, the path is a part of the check.
    private static bool IsMention(SubjectWord word, int at, HashSet<int> machine) => machine.Contains(at) && !word.Text.Contains("://", StringComparison.Ordinal);
}

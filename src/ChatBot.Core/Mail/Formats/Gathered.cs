using System.Buffers;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Mails into which a script gathers several notifications. A format reads the first; what stands below may as well be what a check printed, so
/// that it opens and ends nothing. But an end above a problem of the same check ends nothing either, and of others the count is said.
/// </summary>
internal static class Gathered
{
    private const int MostRead = 32 * 1024;
    private const int MostMessages = 50;
    private static readonly SearchValues<char> Rules = SearchValues.Create(" \t-=_~#");

    /// <summary>The report of the first message, with what is known of those below it.</summary>
    /// <param name="report">Of the mail.</param>
    /// <param name="mail">The mail.</param>
    /// <param name="recognise">Reads another message by the same formats.</param>
    public static Report Settled(Report report, Mail mail, Func<Mail, Report?> recognise)
    {
        if (!report.IsAboutIncident || report.Others.Count > 0 || mail.Text.Length > MostRead)
        {
            return report;
        }

        // What the text leaves open the subject may tell; where that says something else than the text, it contradicts it.
        var below = Below(mail.Text)
            .Select(text => (List<Report>)[.. Read(recognise, report, mail with { Subject = "", Text = text }), .. Read(recognise, report, mail with { Text = text })])
            .Where(readings => readings.Count > 0).ToList();
        var isEnd = report.State!.Value.IsGood() && report.Kind is ReportKind.Recovery or ReportKind.Flapping;
        if (isEnd && below.SelectMany(readings => readings).FirstOrDefault(other => IsProblem(other) && other.Check == report.Check) is { } problem)
        {
            return report with
            {
                Kind = ReportKind.Report,
                State = null,
                IsContradictory = true,
                Severity = Severity.Warning,
                Says = [Phrase.Say(
                    Sentences.Contradicts, Phrase.Root(SubjectTags.Behind(mail.Subject)), Field.Public($"{report.State.Value.Word()}, {(problem.State ?? CheckState.Unknown).Word()}"))],
            };
        }

        return report with { LeftOut = report.LeftOut + below.Count(readings => readings.TrueForAll(other => other.Check != report.Check)) };
    }

    private static bool IsProblem(Report report) => report.IsContradictory || report.State?.IsGood() == false;

    private static IEnumerable<Report> Read(Func<Mail, Report?> recognise, Report first, Mail below) =>
        recognise(below) is { Machine: not null } report && (report.IsAboutIncident || report.IsContradictory) && report.Source.Value == first.Source.Value ? [report] : [];

    // From each paragraph on that begins as the text does: “***** Nagios *****”, “Notification Type: …”, “Host: …”.
    private static IEnumerable<string> Below(string text)
    {
        string? first = null;
        var isAfterGap = false;
        var found = 0;
        for (var at = 0; at < text.Length && found < MostMessages;)
        {
            var end = text.IndexOf('\n', at) is >= 0 and var newline ? newline : text.Length;
            var line = text.AsSpan(at, end - at).Trim();
            if (IsGap(line))
            {
                isAfterGap = true;
            }
            else
            {
                if (first is null)
                {
                    first = new string(FirstWord(line));
                }
                else if (isAfterGap && FirstWord(line).SequenceEqual(first))
                {
                    found++;
                    yield return text[at..];
                }

                isAfterGap = false;
            }

            at = end + 1;
        }
    }

    // A title in stars is no rule.
    private static bool IsGap(ReadOnlySpan<char> line) => line.IndexOfAnyExcept(Rules) < 0;

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> line) => line.IndexOfAny(" :\t") is > 0 and var end ? line[..end] : line;
}

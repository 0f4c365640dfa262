using ChatBot.Core.Machines;
using ChatBot.Core.Speech;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// apticron 1.1 to 1.2.5 (the shell script): <c>N Debian package update(s) for HOST</c> (the distribution's own name in front of
/// "package"), <c>No updates for HOST</c>, and in both a body that begins <c>apticron report [DATE]</c>; addresses follow, which
/// are not read. cron-apt has another form. The number is for root.
/// </summary>
public sealed class ApticronFormat : IFormat
{
    public string Source => "apticron";

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var isNone = Shape.Read(mail.Subject, "No updates for ", "") is not null;
        if (Shape.Read(mail.Subject, "", " package update(s) for ", "") is not [var count, var host])
            (count, host) = isNone ? ("0", mail.Subject.Trim()[15..]) : ("", "");
        if (host.Length == 0 || Shape.Number(count) is not { } updates || !mail.Text.AsSpan().TrimStart().StartsWith("apticron report"))
            return null;
        return Naming.Report(this, ReportKind.Report, host, mail, inventory) with { Says = [Phrase.Say(Sentences.Pending, (PublicText)updates)] };
    }
}

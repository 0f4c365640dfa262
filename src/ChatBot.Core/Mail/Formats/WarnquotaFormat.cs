
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// warnquota of Linux quota 3.x and 4.x (<c>warnquota.c</c>, <c>DEF_USER_MESSAGE</c>), a copy of what the user got: "… you are in
/// violation with the quotasystem used on this system", or the group. Recognised by the body: each site chooses the subject. Root reads
/// that somebody is over quota; who is in the address.
/// </summary>
public sealed class WarnquotaFormat : IFormat
{
    public string Source => "warnquota";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var text = mail.Text.AsSpan(0, Math.Min(mail.Text.Length, 2000));
        if (!text.Contains("quotasystem\nused on this system", StringComparison.Ordinal) || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        return Naming.Report(this, ReportKind.Report, null, mail, inventory) with { Severity = Severity.Warning, Says = [Phrase.Quote(mail.Title)] };
    }
}

using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Healthchecks, <c>templates/emails/alert-subject.html</c> and <c>alert-body-text.html</c>: subject <c>DOWN | CHECK</c> or <c>UP | CHECK</c>, the text begins with
/// <c>The check "CHECK" has gone down.</c> or <c>… up.</c> CHECK is free text: the machine is the one that it names. Check and state are public; the body of the
/// last ping, which is what a job printed, goes nowhere.
/// </summary>
public sealed class HealthchecksFormat : IFormat
{
    public string Source => "healthchecks";

    public Tracked Tracks => new("check", "UP of the same check");

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(LostSubject.FirstLine(mail.Text), "The check \"", "\" has gone ", ".") is not [var check, var state] || state is not ("up" or "down")
            || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        var isUp = state == "up";
        var told = mail.Subject == "UP | " + check ? true : mail.Subject == "DOWN | " + check ? false : (bool?)null;
        return told is null && !mail.Subject.StartsWith("The check \"", StringComparison.Ordinal)
            ? null
            : NamedCheck.Report(this, check, isUp, mail, inventory) with
            {
                IsContradictory = told is not null && told != isUp,
            };
    }
}

using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Gatus 5, <c>alerting/provider/email/email.go</c>: subject <c>[ENDPOINT] Alert triggered</c> or <c>[ENDPOINT] Alert resolved</c>, the text begins with <c>An
/// alert for ENDPOINT has been triggered</c> or <c>… resolved</c>; behind it the description and the results of the conditions. ENDPOINT is <c>NAME</c> or
/// <c>GROUP/NAME</c>, free text: the machine is the one that it names. Endpoint and state are public; the description is for root.
/// </summary>
public sealed class GatusFormat : IFormat
{
    private const string Description = "Alert description:";

    public string Source => "gatus";

    public Tracked Tracks => new("endpoint", "“Alert resolved” of the same endpoint");

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var isOver = Shape.Read(mail.Text, "An alert for ", " has been resolved", "") is not null;
        if (Shape.Read(mail.Text, "An alert for ", isOver ? " has been resolved" : " has been triggered", "") is not [var endpoint, _] || endpoint.Contains('\n', StringComparison.Ordinal)
            || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        var told = Shape.Read(mail.Subject, "[" + endpoint + "] Alert ", "") is [var state] ? state : null;
        return told is not ("resolved" or "triggered") && !mail.Subject.StartsWith("An alert for ", StringComparison.Ordinal)
            ? null
            : NamedCheck.Report(this, endpoint, isOver, mail, inventory) with
            {
                IsContradictory = told is not null && isOver != (told == "resolved"),
                Detail = Shape.After(mail.Text, Description) is { } description ? new RootText(description) : null,
            };
    }
}

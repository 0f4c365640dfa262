using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Sensu Go by sensu-email-handler 1.2, <c>main.go</c>: subject <c>Sensu Alert - ENTITY/CHECK: STATE</c>, STATE one of passing, failing and flapping
/// (sensu-go, <c>api/core/v2</c>); the text is what the check printed, in which a Nagios plugin says how grave it is. Entity, check and state are public;
/// the output is for root.
/// </summary>
public sealed class SensuFormat : IFormat
{
    public string Source => "sensu";

    public Tracked Tracks => new("entity and check", "“passing” of the same check");

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, "Sensu Alert - ", "/", ": ", "") is not [var entity, var check, var state] || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        var output = LostSubject.FirstLine(mail.Text);
        var report = Naming.Report(this, ReportKind.Report, entity, mail, inventory) with
        {
            Machine = Naming.Machine(entity, inventory),
            Service = Field.Service(check),
            Detail = output is null ? null : new RootText(output),
            Says = [Phrase.Quote(mail.Title)],
        };
        return state switch
        {
            "passing" => report with { Kind = ReportKind.Recovery, State = CheckState.Ok, IsContradictory = StateIn(output) is { } said && !said.IsGood() },
            "failing" => report with { Kind = ReportKind.Alert, State = StateIn(output) is { } said && !said.IsGood() ? said : CheckState.Critical },
            "flapping" => report with { Kind = ReportKind.Report, Severity = Severity.Warning },
            _ => null,
        };
    }

    private static CheckState? StateIn(string? output)
    {
        foreach (var word in (output ?? "").Split([' ', ':', '-'], 6, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Naming.State(word) is { } state)
            {
                return state;
            }
        }

        return null;
    }
}

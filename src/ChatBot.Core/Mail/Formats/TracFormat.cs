using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Trac 0.11 to 1.7 (<c>trac/ticket/notification.py</c>, <c>templates/ticket_notify_email.txt</c>), recognised by the fields
/// <c>X-Trac-Ticket-ID</c> and <c>X-Trac-Version</c>, so that the language does not matter. Subject <c>[PROJECT] #N: SUMMARY</c>,
/// <c>Re:</c> before it for a change. The machine is one that the ticket's keywords name, or that the summary names after « sur »
/// or “on”. Project, number and summary are for root; what was written is not read: people put passwords there.
/// </summary>
public sealed class TracFormat : IFormat
{
    public string Source => "trac";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (mail.Header("X-Trac-Version") is null && mail.Header("X-Trac-Project") is null)
        {
            return null;
        }

        return new Report
        {
            Source = Field.Public(Source),
            Kind = ReportKind.Ticket,
            Machine = (InKeywords(mail.Text, inventory) ?? InSummary(mail.Subject, inventory)) is { } machine ? Name.OfMachine(machine.Name) : null,
            When = mail.Date,
            Says = State(mail.Text) is { } state ? [Phrase.Quote(mail.Subject), Phrase.Quote(state)] : [Phrase.Quote(mail.Subject)],
        };
    }

    private static Machine? InKeywords(string text, Inventory inventory)
    {
        var keywords = Property(text, "Keywords:") ?? Property(text, "Mots-clés :") ?? Property(text, "Mots-clés:") ?? "";
        foreach (var word in keywords.Split([' ', ',', ';'], 40, StringSplitOptions.RemoveEmptyEntries))
        {
            if (inventory.Find(word) is { } machine)
            {
                return machine;
            }
        }

        return null;
    }

    private static Machine? InSummary(string subject, Inventory inventory)
    {
        var isNext = false;
        foreach (var range in subject.AsSpan().Split(' '))
        {
            var word = subject.AsSpan()[range].Trim(".,;:()!?");
            if (isNext && inventory.Find(new string(word)) is { } machine)
            {
                return machine;
            }

            isNext = word is "sur" or "on" or "de" or "of";
        }
        return null;
    }

    private static string? State(string text) => Property(text, "Status:") ?? Property(text, "Statut :") ?? Property(text, "Statut:");

    // A cell of the table at the top: “Priority:  critical  |  Component:  courrier”, which the dashes below it end.
    private static string? Property(string text, string label)
    {
        var left = 30;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0)
            {
                break;
            }

            if (!line.Contains('|'))
            {
                continue;
            }

            foreach (var range in line.Split('|'))
            {
                if (line[range].Trim() is var cell && cell.StartsWith(label, StringComparison.Ordinal)
                    && cell[label.Length..].Trim() is { IsEmpty: false } value)
                {
                    return new string(value);
                }
            }
        }
        return null;
    }
}


using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// apcupsd 3.14, the scripts of <c>/etc/apcupsd</c>: <c>HOST UPS NAME Power Failure !!!</c> (onbattery), <c>HOST UPS NAME Power
/// has returned</c> (offbattery), <c>HOST Communications with UPS NAME lost</c> and <c>restored</c>, <c>HOST UPS NAME battery
/// needs changing NOW.</c>, which has no end. Machine, service and state are public.
/// </summary>
public sealed class ApcupsdFormat : IFormat
{
    public string Source => "apcupsd";

    public Tracked Tracks => new("UPS; power and communication each", "“power has returned”; “communications restored”; " + Tracked.NoEnd + " for an old battery");

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        var text = mail.Text.AsSpan().TrimStart();
        var first = Read(text.IndexOf('\n') is >= 0 and var end ? text[..end] : text, mail, inventory);
        return Read(mail.Subject, mail, inventory) is { } report ? report with { IsContradictory = Contradiction.Between(report.State, first?.State) } : null;
    }

    private Report? Read(ReadOnlySpan<char> subject, Mail mail, Inventory inventory)
    {
        if (Shape.Read(subject, "", " UPS ", " Power Failure !!!") is [var failing, var onBattery])
        {
            return Report(failing, "UPS " + onBattery, CheckState.Critical, "Power Failure", mail, inventory);
        }

        if (Shape.Read(subject, "", " UPS ", " Power has returned") is [var returned, var offBattery])
        {
            return Report(returned, "UPS " + offBattery, CheckState.Ok, "Power has returned", mail, inventory);
        }

        if (Shape.Read(subject, "", " Communications with UPS ", " lost") is [var without, var lost])
        {
            return Report(without, $"UPS {lost} communication", CheckState.Warning, "Communications lost", mail, inventory);
        }

        if (Shape.Read(subject, "", " Communications with UPS ", " restored") is [var with, var restored])
        {
            return Report(with, $"UPS {restored} communication", CheckState.Ok, "Communications restored", mail, inventory);
        }

        return Shape.Read(subject, "", " UPS ", " battery needs changing NOW.") is [var host, var old]
            ? Report(host, "UPS " + old, CheckState.Warning, "battery needs changing NOW", mail, inventory) with { HasNoEnd = true, Part = CheckPart.Of("battery", "battery") }
            : null;
    }

    private Report Report(string host, string ups, CheckState state, string words, Mail mail, Inventory inventory) =>
        Naming.Report(this, state == CheckState.Ok ? ReportKind.Recovery : ReportKind.Alert, host, mail, inventory) with
        {
            Service = Field.Service(ups),
            State = state,
            Detail = new RootText(words),
            Says = [Phrase.Quote(words)],
        };
}


using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// arpwatch 2.1a and 3.x (<c>report.c</c>): <c>new station (NAME) INTERFACE</c>, <c>changed ethernet address</c>, <c>flip flop</c>,
/// <c>new activity</c>, <c>reused old ethernet address</c>; the body has <c>hostname:</c>, <c>ip address:</c> and
/// <c>timestamp:</c>. From is <c>arpwatch (Arpwatch HOST)</c>, the machine that listens. Name and address of the station are for
/// root; hardware addresses are not read.
/// </summary>
public sealed class ArpwatchFormat : IFormat
{
    private static readonly (string Start, Severity Severity)[] Events =
    [
        ("new station", Severity.Info), ("new activity", Severity.Info), ("flip flop", Severity.Warning),
        ("changed ethernet address", Severity.Warning), ("reused old ethernet address", Severity.Warning),
    ];

    public string Source => "arpwatch";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var subject = mail.Subject.AsSpan().Trim();
        if (Shape.After(mail.Text, "ip address:", 20) is not { } address || Shape.After(mail.Text, "ethernet address:", 20) is null)
        {
            return null;
        }

        foreach (var (start, severity) in Events)
        {
            if (subject.StartsWith(start, StringComparison.Ordinal))
            {
                return Naming.Report(this, ReportKind.Security, Shape.Read(mail.FromName, "Arpwatch ", "") is [var host] ? host : null, mail, inventory) with
                {
                    Severity = severity,
                    When = Shape.After(mail.Text, "timestamp:", 20) is { } time ? WrittenDate.Parse(time, mail.Date) ?? mail.Date : mail.Date,
                    Says = [Phrase.Quote(start), Phrase.Quote(Shape.After(mail.Text, "hostname:", 20) is { } name ? $"{name} {address}" : address)],
                };
            }
        }

        return null;
    }
}

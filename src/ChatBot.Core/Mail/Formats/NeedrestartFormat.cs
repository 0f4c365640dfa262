
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// needrestart 2.x and 3.x, <c>notify.d/600-mail</c>: <c>Relogin or restarts on host HOST required!</c>, the body in the
/// session's language; root reads that somebody's session runs old binaries.
/// </summary>
public sealed class NeedrestartFormat : IFormat
{
    public string Source => "needrestart";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory) =>
        Shape.Read(mail.Subject, "Relogin or restarts on host ", " required!") is [var host]
            ? Naming.Report(this, ReportKind.Report, host, mail, inventory) with { Says = [Phrase.Quote("Relogin or restarts required")] }
            : null;
}

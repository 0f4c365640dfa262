
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// ZED of OpenZFS 0.6 to 2.3, <c>zed.d/*-notify.sh</c>: <c>ZFS device fault for pool POOL on HOST</c> (statechange: FAULTED,
/// DEGRADED, REMOVED), <c>ZFS scrub_finish event for POOL on HOST</c> and <c>resilver_finish</c>, and other events in the same
/// words; the body's <c>state:</c> and <c>time:</c>, then <c>zpool status</c>. No mail ends a fault. Machine, pool and state are
/// public; the device is for root.
/// </summary>
public sealed class ZedFormat : IFormat
{
    public string Source => "zed";

    public Tracked Tracks => new("pool, device and event", Tracked.NoEnd);

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (!mail.Subject.StartsWith("ZFS ", StringComparison.Ordinal))
        {
            return null;
        }

        if (Shape.Read(mail.Subject, "ZFS device fault for pool ", " on ", "") is [var pool, var host])
        {
            var state = Shape.After(mail.Text, "state:", 30);
            var isHalf = state is "REMOVED" or "DEGRADED";
            return Report(ReportKind.Alert, "zpool " + pool, host, isHalf ? CheckState.Warning : CheckState.Critical, state, mail, inventory);
        }
        if (Shape.Read(mail.Subject, "ZFS ", " event for ", " on ", "") is not [var kind, var of, var on])
        {
            return null;
        }

        var errors = Shape.After(mail.Text, "errors:", 300);
        return kind is "scrub_finish" or "resilver_finish"
            ? Report(ReportKind.Report, null, on, null, errors is null ? $"{of} : {kind}" : $"{of} : {kind}, {errors}", mail, inventory)
            : Report(ReportKind.Alert, "zpool " + of, on, CheckState.Critical, kind, mail, inventory);
    }

    private Report Report(ReportKind kind, string? service, string host, CheckState? state, string? words, Mail mail, Inventory inventory)
    {
        var device = Shape.After(mail.Text, "vpath:", 30);
        return Naming.Report(this, kind, host, mail, inventory) with
        {
            Service = service is null ? null : Field.Service(service),
            Part = CheckPart.Of($"{device} {words}", words ?? ""),
            State = state,
            HasNoEnd = true,
            When = Shape.After(mail.Text, "time:", 30) is { } time ? WrittenDate.Parse(time, mail.Date) ?? mail.Date : mail.Date,
            Says = [Phrase.Quote(words ?? mail.Title), .. device is null ? (Phrase[])[] : [Phrase.Quote(device)]],
        };
    }
}

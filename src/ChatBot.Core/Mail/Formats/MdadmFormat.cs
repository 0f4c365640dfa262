
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// mdadm --monitor 2.x to 4.4, <c>Monitor.c</c>: <c>EVENT event on DEVICE:HOST</c>, "A EVENT event had been detected on md device
/// DEVICE.", "It could be related to component device PART." Mailed are Fail, FailSpare, DegradedArray, SparesMissing and
/// TestMessage; the other events come from sites that mail them by PROGRAM in the same words. No event ends another. Machine,
/// array and state are public; the component is for root; <c>/proc/mdstat</c> is not read.
/// </summary>
public sealed class MdadmFormat : IFormat
{
    public string Source => "mdadm";

    public Tracked Tracks => new("array and event", Tracked.NoEnd);

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, "", " event on ", "") is not [var type, var target] || !Known(type, out var kind, out var state)
            || target.LastIndexOf(':') is not (> 0 and var colon) || !target.StartsWith('/')
            || !mail.Text.Contains("event had been detected on md device", StringComparison.Ordinal))
        {
            return null;
        }

        var component = Shape.Read(Shape.After(mail.Text, "It could be related to component device", 30), "", ".");
        return Naming.Report(this, kind, target[(colon + 1)..], mail, inventory) with
        {
            Service = Field.Service(target[..colon]),
            Part = CheckPart.Of(type, type),
            State = state,
            HasNoEnd = true,
            Says = [Phrase.Quote(component is [var part] ? $"{type} ({part})" : type)],
        };
    }

    private static bool Known(string type, out ReportKind kind, out CheckState? state)
    {
        (kind, state) = type switch
        {
            "Fail" or "DegradedArray" or "DeviceDisappeared" => (ReportKind.Alert, CheckState.Critical),
            "SpareActive" => (ReportKind.Recovery, CheckState.Ok),
            "FailSpare" or "SparesMissing" => (ReportKind.Alert, CheckState.Warning),
            _ => (ReportKind.Report, (CheckState?)null),
        };
        return state is not null || type.StartsWith("Rebuild", StringComparison.Ordinal) || type is "NewArray" or "MoveSpare" or "TestMessage";
    }
}

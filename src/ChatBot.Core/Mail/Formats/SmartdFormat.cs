
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// smartd of smartmontools 5.40 to 7.4, by <c>smartd_warning.sh</c>: <c>SMART error (FAILTYPE) detected on host: HOST</c>, the
/// body with <c>host name:</c> and, after "was logged by the smartd daemon:", the message of <c>smartd.cpp</c>. FAILTYPE is one
/// of EmailTest, Health, Usage, SelfTest, ErrorCount, CurrentPendingSector, OfflineUncorrectableSector, FailedHealthCheck,
/// FailedReadSmartData, FailedReadSmartErrorLog, FailedReadSmartSelfTestLog, FailedOpenDevice, Temperature. It never reports the
/// end. That a disk is ill is public; the message is for root; model and serial number are not read.
/// </summary>
public sealed class SmartdFormat : IFormat
{
    public string Source => "smartd";

    public Tracked Tracks => new("device and kind of error", Tracked.NoEnd);

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, "SMART error (", ") detected on host: ", "") is not [var type, var host]
            || Logged(mail.Text) is not { } message)
        {
            return null;
        }

        if (inventory.Find(host) is null && Shape.After(mail.Text, "DNS domain:", 20) is { } domain && inventory.Find($"{host}.{domain}") is not null)
        {
            host = $"{host}.{domain}";
        }

        var isTest = type == "EmailTest";
        var label = Label(message);
        return Naming.Report(this, isTest ? ReportKind.Report : ReportKind.Alert, host, mail, inventory) with
        {
            State = isTest ? null : StateOf(type, message),
            Part = CheckPart.Of($"{label} {type}", $"{label.Replace(" [SAT]", "", StringComparison.Ordinal)} {type}", isForRoot: true),
            HasNoEnd = true,
            Says = [isTest ? Phrase.Say(Sentences.TestMail, Phrase.Root(Device(message))) : Said(message, label)],
        };
    }

    // BACK UP DATA NOW: the disk itself says it is about to die, or can no longer be asked.
    private static CheckState StateOf(string type, string message) =>
        type is "Health" or "FailedHealthCheck" or "FailedOpenDevice" or "FailedReadSmartData"
        || message.Contains("BACK UP DATA NOW", StringComparison.Ordinal)
            ? CheckState.Critical
            : CheckState.Warning;

    // Behind a controller many disks have one device: “Device: /dev/bus/0 [megaraid_disk_04] [SAT], …”.
    private static string Label(string message) => Shape.Read(message, "Device: ", ", ", "") is [var label, _] ? label : new string(Device(message));

    // The name of the check says which disk.
    private static Phrase Said(string message, string label) =>
        Shape.Read(message, "Device: ", ", ", " Currently unreadable (pending) sectors") is [_, var pending] && Shape.Number(pending) is { } sectors
            ? Phrase.Say(Sentences.PendingSectors, (PublicText)sectors)
            : Shape.Read(message, "Device: ", ", ", " Offline uncorrectable sectors") is [_, var bad] && Shape.Number(bad) is { } lost
                ? Phrase.Say(Sentences.LostSectors, (PublicText)lost)
                : Phrase.Quote(Shape.Read(message, $"Device: {label}, ", "") is [var rest] ? rest : message);

    // “Device: /dev/sdb [SAT], …” and “TEST EMAIL from smartd for device: /dev/sda [SAT]”.
    private static ReadOnlySpan<char> Device(string message)
    {
        var start = message.IndexOf("/dev/", StringComparison.Ordinal);
        if (start < 0)
        {
            return message;
        }

        var rest = message.AsSpan(start);
        return rest.IndexOfAny(" ,") is >= 0 and var end ? rest[..end] : rest;
    }

    private static string? Logged(string text)
    {
        const string before = "logged by the smartd daemon:";
        var start = text.IndexOf(before, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        foreach (var line in text.AsSpan(start + before.Length).EnumerateLines())
        {
            if (line.Trim() is { IsEmpty: false } message)
            {
                return new string(message);
            }
        }

        return null;
    }
}

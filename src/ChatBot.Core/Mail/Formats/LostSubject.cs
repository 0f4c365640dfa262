using System.Globalization;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Mails whose subject is empty, or nothing but the tag of a list: some relays and home-made notification commands lose it. The subject is written again as
/// the program would have, from what the text tells; each format then reads the mail as any other. What the text leaves open is never read as an end.
/// </summary>
internal static class LostSubject
{
    private const int MostLines = 400;

    // What only this program prints.
    private static readonly (string Words, string Program)[] Jobs =
    [
        ("/etc/letsencrypt/", "certbot"), ("letsencrypt.log", "certbot"), ("rsnapshot", "rsnapshot"), ("borgmatic", "borgmatic"), ("duply", "duply"),
        ("[ Backup Statistics ]", "duplicity"), ("BackendException", "duplicity"), ("duplicity", "duplicity"), ("rdiff-backup", "rdiff-backup"),
        ("Lost connection to the remote system", "rdiff-backup"), ("restic", "restic"), ("open repository", "restic"), ("Fatal: unable to open", "restic"),
        ("create/acquire the lock", "borg"), ("terminating with warning status", "borg"), ("Archive fingerprint:", "borg"),
        ("daily autocommit", "etckeeper"),
    ];

    private static readonly (string Words, string Subject)[] Fixed =
    [
        ("Please inspect this machine, because it may be infected.", "[rkhunter] Warnings found for {0}"),
        ("One or more warnings have been found while checking the system.", "[rkhunter] {0} - Daily report"),
        ("The daily aide check was terminated", "premature termination - Daily AIDE report for {0}"),
        ("Advanced Intrusion Detection", "Daily AIDE report for {0}"),
        ("Open Source Tripwire", "TWReport {0} ?"),
        ("Security Events for", "{0} {1} Security Events"),
        ("System Events\n=-=-", "{0} {1} System Events"),
        ("This email is sent by logcheck", "{0} {1} Security Events"),
        ("[ BEGIN: ", "[chkrootkit] alert for {0}"),
        ("metche saved a new stable state", "{0} - stable state : stable-{2}"),
        ("c h a n g e s   r e p o r t", "{0} - changes report : testing-{2}"),
        ("These hosts have been banned by Fail2Ban", "[Fail2Ban] ?: summary from {0}"),
        ("outdated binaries or libraries", "Relogin or restarts on host {0} required!"),
        ("exécute des binaires ou", "Relogin or restarts on host {0} required!"),
        ("Unattended upgrade result: All upgrades installed", "unattended-upgrades result for {0}: SUCCESS"),
        ("Unattended upgrade returned: True", "unattended-upgrades result for {0}: SUCCESS"),
        ("toutes les mises à niveau ont été installées", "unattended-upgrades result for {0}: SUCCESS"),
        ("Unattended upgrade result: ", "unattended-upgrades result for {0}: FAILURE"),
        ("Unattended upgrade returned: ", "unattended-upgrades result for {0}: FAILURE"),
        ("AutoMySQLBackup VER", "MySQL Backup Log for {0} - ?"),
        ("AutoPostgreSQLBackup VER", "PostgreSQL Backup Log for {0} - ?"),
        ("Security report based on the", "Debian security status of {0}"),
        ("RAID status update from mpt-statusd", "info: mpt raid status change on {0}"),
        ("Added the following hosts to /etc/hosts.deny", "DenyHosts Report from {0}"),
        ("# THIS IS A WARNING ONLY.", "Delayed Mail (still being retried)"),
        ("This is the mail system at host", "Undelivered Mail Returned to Sender"),
        ("Transcript of session follows.", "Postfix SMTP server: errors from ?"),
        ("has not been delivered to all of its recipients", "Warning: message ? delayed"),
        ("This message was created automatically by mail delivery software", "Mail delivery failed: returning message to sender"),
        ("----- Transcript of session follows -----", "Returned mail: see transcript for details"),
        ("NEW: --", "Tiger Auditing Report for {0}"),
    ];

    /// <summary>The mail with the subject that its text tells, where it has none of its own; else as it is.</summary>
    public static Mail Restored(Mail mail, Inventory inventory)
    {
        if (!SubjectTags.IsLost(mail.Subject) || Writer.IsByPerson(mail, inventory) || mail.Text.Length == 0)
        {
            return mail;
        }

        return Subject(mail, Naming.Origin(mail, inventory)?.Value ?? "localhost") is { Length: > 0 } subject ? mail with { Subject = subject } : mail;
    }

    /// <summary>The first line of a text that says something; null where none does.</summary>
    public static string? FirstLine(string text)
    {
        var left = MostLines;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0)
            {
                break;
            }

            if (line.ContainsAnyInRange('a', 'z') || line.ContainsAnyInRange('A', 'Z'))
            {
                return new string(line.Trim());
            }
        }

        return null;
    }

    private static string? Subject(Mail mail, string host)
    {
        var text = mail.Text;
        var first = FirstLine(text) ?? "";
        return Monitors(mail, first) ?? Disks(text, host) ?? Cron(mail, first, host) ?? Fail2ban(text, host) ?? Backups(mail, first, host)
            ?? Others(text, first, host) ?? FromWords(mail, host) ?? first;
    }

    private static string? FromWords(Mail mail, string host)
    {
        var written = mail.Date ?? DateTimeOffset.UnixEpoch;
        foreach (var (words, subject) in Fixed)
        {
            if (mail.Text.Contains(words, StringComparison.Ordinal))
            {
                return string.Format(
                    CultureInfo.InvariantCulture, subject, host, written.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    written.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture));
            }
        }

        return null;
    }

    private static string? Monitors(Mail mail, string first)
    {
        var text = mail.Text;
        if (first.StartsWith("***** ", StringComparison.Ordinal) && first.Contains(" Monitoring on ", StringComparison.Ordinal))
        {
            // Of an acknowledgement, a downtime or a message the text is that of a problem or a recovery, and has a comment.
            return Shape.Holding(text, " is ", 10)?.Trim('=', '<', '>', ' ') is { } sentence && sentence.LastIndexOf(" is ", StringComparison.Ordinal) is var end
                && Naming.State(sentence.AsSpan(end + 4).TrimEnd(" !")) is { } state
                ? $"[{(!state.IsGood() ? "PROBLEM" : Shape.After(text, "Comment by ") is null ? "RECOVERY" : "CUSTOM")}] {sentence}"
                : null;
        }

        if (Shape.After(text, "Event:", 80) is { } told && Shape.After(text, "Host:", 80) is { } monitored)
        {
            return Shape.After(text, "Service:", 80) is { } service ? $"Check_MK: {monitored}/{service} {told}" : $"Check_MK: {monitored} - {told}";
        }

        if (first.EndsWith("-ALERT-------------------", StringComparison.Ordinal) || first.StartsWith("--HOST-ALERT", StringComparison.Ordinal))
        {
            var body = NagiosBody.Read(text, isWhole: true);
            return body is { Host: { } named, State: { } now }
                ? $"*** {(!now.IsGood() ? "PROBLEM" : body.Comment is null ? "RECOVERY" : "CUSTOM")} *** {named}{(body.Service is { } of ? $" / {of}" : "")} is {now.Word()}"
                : null;
        }

        var firing = Shape.Holding(text, "] Firing", MostLines) ?? Shape.Holding(text, ") FIRING", MostLines) ?? Shape.Holding(text, ") Firing", MostLines)
            ?? Shape.After(text, "[firing] ", MostLines);
        return text.Contains("alertname = ", StringComparison.Ordinal) || firing is not null || Shape.After(text, "[resolved] ", MostLines) is not null
            ? firing is null ? "[RESOLVED] ?" : "[FIRING, RESOLVED:0] ?"
            : null;
    }

    private static string? Disks(string text, string host)
    {
        if (Shape.Read(Shape.Holding(text, "event had been detected on md device"), "A", " event had been detected on md device ", ".") is [var happened, var array])
        {
            return $"{happened.TrimStart('n', ' ')} event on {array}:{host}";
        }

        if (text.Contains("logged by the smartd daemon:", StringComparison.Ordinal))
        {
            return $"SMART error ({SmartType(text)}) detected on host: {Shape.After(text, "host name:", 20) ?? host}";
        }

        if (Shape.After(text, "eid:", 30) is not null && Shape.After(text, "class:", 30) is { } kind)
        {
            var (pool, on) = (Shape.After(text, "pool:", 30) ?? "?", Shape.After(text, "host:", 30) ?? host);
            return kind == "statechange" ? $"ZFS device fault for pool {pool} on {on}" : $"ZFS {kind} event for {pool} on {on}";
        }

        return null;
    }

    private static string SmartType(string text) =>
        text.Contains("TEST EMAIL", StringComparison.Ordinal) ? "EmailTest"
        : text.Contains("(pending) sectors", StringComparison.Ordinal) ? "CurrentPendingSector"
        : text.Contains("Offline uncorrectable sectors", StringComparison.Ordinal) ? "OfflineUncorrectableSector"
        : text.Contains("FAILED SMART self-check", StringComparison.Ordinal) ? "Health"
        : text.Contains("unable to open", StringComparison.Ordinal) ? "FailedOpenDevice"
        : text.Contains("elf-test", StringComparison.Ordinal) ? "SelfTest"
        : text.Contains("error count increased", StringComparison.Ordinal) ? "ErrorCount"
        : text.Contains("Temperature", StringComparison.Ordinal) ? "Temperature"
        : "?";

    private static string? Cron(Mail mail, string first, string host)
    {
        if (mail.Header("X-Mailer")?.StartsWith("systemd-cron", StringComparison.Ordinal) == true || mail.FromName == "systemd-cron")
        {
            var unit = first.Split(' ') is [_, var name, ..] ? name : "?";
            return first.StartsWith('×') ? $"[{host}] job {unit} failed" : $"[{host}] Output: {unit}";
        }

        if (mail.FromName == "Anacron")
        {
            return $"Anacron job '{(Shape.Read(first, "/etc/", "/", ":") is [var folder, _] ? folder : "?")}' on {host}";
        }

        if (mail.Header("X-Cron-Env") is null)
        {
            return null;
        }

        return $"Cron <root@{host}> {Array.Find(Jobs, job => mail.Text.Contains(job.Words, StringComparison.Ordinal)).Program ?? CronJob.Unknown}";
    }

    private static string? Fail2ban(string text, string host) =>
        Shape.Read(Shape.After(text, "The jail "), "", " has been started", "") is [var begun, _] ? $"[Fail2Ban] {begun}: started on {host}"
        : Shape.Read(Shape.After(text, "The jail "), "", " has been stopped", "") is [var ended, _] ? $"[Fail2Ban] {ended}: stopped on {host}"
        : Shape.Read(Shape.After(text, "The IP "), "", " has just been banned", "") is [var banned, _] ? $"[Fail2Ban] {Jail(text)}: banned {banned} from {host}"
        : Shape.Read(Shape.After(text, "The IP "), "", " has just been unbanned", "") is [var free, _] ? $"[Fail2Ban] ?: unbanned {free} from {host}"
        : null;

    private static string Jail(string text) => text.IndexOf("attempts against ", StringComparison.Ordinal) is > 0 and var at
        && text.AsSpan(at + 17).IndexOfAny(". \n") is > 0 and var end ? new string(text.AsSpan(at + 17, end)) : "?";

    private static string? Backups(Mail mail, string first, string host)
    {
        var text = mail.Text;
        if (first.Contains(" -- /", StringComparison.Ordinal) && first.Split(' ')[0] is "success" or "*failed*" or "warning")
        {
            return $"backupninja: {host} {(text.Contains("*failed* -- ", StringComparison.Ordinal) ? "FAILED" : text.Contains("warning -- ", StringComparison.Ordinal) ? "WARNING" : "success")}";
        }

        var name = (mail.FromName + text).Contains("Bareos", StringComparison.Ordinal) ? "Bareos" : "Bacula";
        if (Shape.After(text, "Termination:", MostLines) is { } result && Shape.After(text, "Client:", MostLines) is { } client)
        {
            return $"{name}: {result.Trim('*', ' ')} of {client.Split(' ')[0].Trim('"')}";
        }

        if (first.Contains(" JobId ", StringComparison.Ordinal))
        {
            return first.Contains("Please mount", StringComparison.Ordinal) ? $"{name}: Intervention needed for ?"
                : first.Contains("Fatal error", StringComparison.Ordinal) ? $"{name}: Backup Fatal Error of {host}" : $"{name} daemon message";
        }

        return Shape.Holding(text, "VMID", 20) is { } heading && heading.Contains("STATUS", StringComparison.OrdinalIgnoreCase)
            ? $"vzdump backup status ({host}) : {(Wording.Of(text) == Severity.Critical ? "backup failed" : "backup successful")}"
            : null;
    }

    private static string? Others(string text, string first, string host)
    {
        if (first.Contains(" ; PWD=", StringComparison.Ordinal) || first.Contains(" ; COMMAND=", StringComparison.Ordinal))
        {
            return $"*** SECURITY information for {host} ***";
        }

        if (Shape.After(text, "A virus was found:", 20) is { } virus)
        {
            return $"VIRUS ({virus}) in mail FROM ?";
        }

        if (Shape.After(text, "ethernet address:", 20) is not null && Shape.After(text, "interface:", 20) is { } card)
        {
            var kind = Shape.After(text, "old ethernet address:", 20) is null ? "new station" : "changed ethernet address";
            return $"{kind} ({Shape.After(text, "hostname:", 20) ?? "?"}) {card}";
        }

        if (Shape.Read(Shape.After(text, "CRON-APT RUN"), "[", "]", "") is [var settings, _])
        {
            return $"CRON-APT {((Shape.After(text, "E: ", MostLines) ?? Shape.After(text, "W: ", MostLines)) is null ? "completed" : "error")} on {host} [{settings}]";
        }

        foreach (var name in (ReadOnlySpan<string>)["OSSEC", "Wazuh"])
        {
            if (first.StartsWith(name, StringComparison.Ordinal) && first.EndsWith("Notification.", StringComparison.Ordinal)
                && Shape.Read(Shape.After(text, "Received From:", 20), "", "->", "") is [var from, _]
                && Shape.Read(Shape.After(text, "Rule:", 20), "", "(level ", ")", "") is [_, var level, _])
            {
                return $"{name} Notification - {from} - Alert level {level}";
            }
        }

        return first.Contains("; urgency=", StringComparison.Ordinal) ? $"apt-listchanges: changelogs for {host}" : null;
    }
}

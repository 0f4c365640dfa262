using System.Buffers;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail;

/// <summary>What formats share: how a mail names machines, states and people.</summary>
internal static class Naming
{
    private static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");

    private static readonly string[] Forwards = ["Fwd:", "Fwd :", "Fw:", "Fw :", "Tr:", "Tr :", "Wg:"];

    /// <summary>The short name where the inventory knows the machine, else the name as written, cleaned.</summary>
    public static Name Machine(string name, Inventory inventory) => Name.OfMachine(inventory.Find(name)?.Name ?? name);

    /// <summary>
    /// The machine a mail was written on: by the domain of From, else by who wrote the oldest Received and whom it had the mail
    /// from, else by the domains of Return-Path and Message-ID. Null for one that is not in the inventory: where a mail comes from
    /// says nothing of what it is about otherwise.
    /// </summary>
    public static Name? Origin(Mail mail, Inventory inventory)
    {
        var oldest = mail.Received is [.., var last] ? last : null;
        var host = Of(Domain(mail.FromAddress), inventory)
            ?? Of(oldest is null ? null : ReceivedField.Parse(oldest)?.By, inventory)
            ?? Of(oldest?.Split(' ', 3) is ["from", var giver, _] ? giver : null, inventory)
            ?? Of(Domain(mail.Header("Return-Path")), inventory)
            ?? Of(Domain(mail.Header("Message-ID")), inventory);
        return host is null ? null : Name.OfMachine(host.Name);
    }

    private static Machine? Of(string? host, Inventory inventory) => host is null ? null : inventory.Find(host);

    internal static string? Domain(string? address) =>
        address?.LastIndexOf('@') is >= 0 and var at ? address[(at + 1)..].TrimEnd('>', ' ') : null;

    /// <summary>
    /// A report of a program about the machine it runs on: the host it names, or, where it names none, the one the mail was
    /// written on.
    /// </summary>
    public static Report Report(IFormat format, ReportKind kind, string? host, Mail mail, Inventory inventory) => new()
    {
        Source = Field.Public(format.Source),
        Kind = kind,
        Machine = host is not null && (IsHostName(host) || inventory.Find(host) is not null)
            ? Machine(host, inventory)
            : Origin(mail, inventory),
        When = mail.Date,
    };

    public static bool IsFrom(Mail mail, string localPart) =>
        mail.FromAddress is { } address && address.Length > localPart.Length && address[localPart.Length] == '@'
        && address.StartsWith(localPart, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the sender's local part is one that only programs write from: a sign of a program, where nothing tells against it.</summary>
    public static bool IsFromProgram(Mail mail) => mail.FromAddress is { } address && address[..address.LastIndexOf('@')].ToLowerInvariant()
        is "root" or "nagios" or "icinga" or "cron" or "daemon" or "nobody" or "www-data" or "apache" or "postmaster" or "logcheck" or "munin"
        or "fail2ban" or "smartd" or "smartmontools" or "mdadm" or "monit" or "alertmanager" or "prometheus" or "trac" or "backup" or "amavis"
        or "noreply" or "no-reply" or "double-bounce" or "mail" or "mailman" or "postfix" or "clamav" or "etckeeper" or "mailer-daemon"
        or "zabbix" or "shinken" or "centreon" or "naemon" or "monitoring" or "supervision" or "arpwatch" or "bacula" or "logwatch" or "sympa"
        or "donotreply" or "do-not-reply" or "ne-pas-repondre" or "nepasrepondre";

    private static bool IsHostName(string name) => name is not "localhost" && name.Length is > 0 and < 254
        && !name.AsSpan().ContainsAnyExcept(HostCharacters);

    public static CheckState? State(ReadOnlySpan<char> word) => word switch
    {
        "OK" => CheckState.Ok,
        "WARNING" => CheckState.Warning,
        "CRITICAL" => CheckState.Critical,
        "UNKNOWN" => CheckState.Unknown,
        "UP" => CheckState.Up,
        "DOWN" => CheckState.Down,
        "UNREACHABLE" => CheckState.Unreachable,
        _ => null,
    };

    /// <summary>Whether it belongs under another mail: a person's answer, or what a monitor threads.</summary>
    public static bool IsAnswer(Mail mail) =>
        mail.Header("In-Reply-To") is not null || mail.Header("References") is not null || IsAnswer(mail.Subject);

    /// <summary>Whether the subject alone says that it answers, also behind the name of a list: some programs thread their own mails.</summary>
    public static bool IsAnswer(string subject) => AnswerPrefix(SubjectTags.Behind(subject)) > 0;

    /// <summary>Whether the subject says that it forwards another mail, which begins a conversation rather than answers in one.</summary>
    public static bool IsForward(string subject) => SubjectTags.Behind(subject).TrimStart() is var text
        && Array.Exists(Forwards, prefix => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>How much of a subject says « Re: » or “Fwd:”, white space before it included; 0 where nothing does.</summary>
    public static int AnswerPrefix(string subject)
    {
        var text = subject.AsSpan().TrimStart();
        foreach (var prefix in (ReadOnlySpan<string>)["Re:", "Re :", "Rép:", "Aw:", .. Forwards])
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return subject.Length - text.Length + prefix.Length;
            }
        }

        return 0;
    }
}

using ChatBot.Core.Machines;

namespace ChatBot.Core.Mail;

/// <summary>
/// Whether a program or a person wrote a mail, by how it came and what it bears: Auto-Submitted (RFC 3834 §5), Precedence, an empty Return-Path
/// (RFC 5321 §4.5.5), the mailer, the account that handed it over, a listed monitor, a sender at one of our machines; against it a client that
/// people write with, and words quoted under an answer. A thread (References, In-Reply-To) proves nobody: monitors thread what belongs together.
/// </summary>
internal static class Writer
{
    private const int MostLines = 400;

    // Accounts of persons begin there (Debian Policy §9.2.2, shadow's UID_MIN); nobody is a program's again.
    private const int FirstPerson = 1000;
    private const int FirstAfterPersons = 60_000;

    private static readonly string[] Clients =
    [
        "Mozilla Thunderbird", "Thunderbird", "Mutt", "NeoMutt", "Evolution", "K-9 Mail", "KMail", "Roundcube", "Apple Mail", "Claws Mail", "SOGo",
        "Gnus", "mu4e", "Alpine", "FairEmail", "Trojita", "SnappyMail", "Microsoft Outlook", "iPhone Mail", "iPad Mail", "Geary", "RainLoop", "aerc",
    ];

    private static readonly string[] Mailers =
    [
        "PHPMailer", "PHP/", "sendEmail", "WordPress", "Zend", "Drupal", "SPIP", "osTicket", "GLPI", "Dolibarr", "Odoo", "Python", "MIME::Lite", "swaks",
        "Monit ", "systemd-cron", "Trac ", "Redmine", "nodemailer", "Nagios", "Icinga", "Zabbix",
    ];

    private static readonly string[] AnswerFields =
        ["X-Autoreply", "X-Autorespond", "X-Mail-Autoreply", "X-Autoreply-From", "X-Autorespond-From", "X-Vacation"];

    private static readonly string[] Absences =
    [
        "Absence (", "Absence du ", "Absence :", "Absence:", "Out of office", "Out of the office", "Out-of-office", "Réponse automatique",
        "Réponse d'absence", "Message d'absence", "Absent du bureau", "Absente du bureau", "Automatic reply", "Auto:", "Autoreply", "Auto-reply",
        "away from my mail", "Vacation reply", "Accusé de lecture", "Read receipt",
        "Automatische Antwort", "Abwesenheitsnotiz", "Abwesend:", "Respuesta automática", "Fuera de la oficina", "Risposta automatica", "Fuori ufficio",
        "Automatisch antwoord", "Afwezigheidsbericht", "Resposta automática", "Fora do escritório", "Automatyczna odpowiedź", "Autosvar", "Automatiskt svar",
        "Automatisk svar", "Automaattinen vastaus", "Automatická odpověď", "Automatikus válasz", "Автоответ", "自動応答", "自动答复",
    ];

    private static readonly string[] Attributions =
        ["wrote:", "wrote :", "a écrit :", "a écrit:", "a écrit\u00a0:", "-----Original Message-----", "-----Message d'origine-----", "Begin forwarded message:"];

    /// <summary>Whether the mail itself says that no person wrote it.</summary>
    public static bool SaysAutomatic(Mail mail) =>
        Automation(mail) || mail.Header("Precedence") is { } precedence && (Is(precedence, "bulk") || Is(precedence, "junk"))
        || mail.FromAddress is null || IsFromNobody(mail);

    /// <summary>Whether it bears a return path that leads to nobody, as notices do.</summary>
    public static bool IsFromNobody(Mail mail) => mail.Header("Return-Path")?.Trim() is "<>" or "<MAILER-DAEMON>";

    /// <summary>Whether a program of one of our machines handed it over, so far as the mail tells.</summary>
    public static bool IsFromMachine(Mail mail, Inventory inventory)
    {
        if (mail.IsFromMonitor || Naming.IsFromProgram(mail))
        {
            return true;
        }

        var origin = mail.Received is [.., var oldest] ? ReceivedField.Parse(oldest) : null;
        if (origin?.UserId is { } user)
        {
            return user is < FirstPerson or >= FirstAfterPersons;
        }

        return origin is not { IsAuthenticated: true } && Naming.Domain(mail.FromAddress) is { } host && inventory.Find(host) is not null;
    }

    /// <summary>
    /// Whether a person, or their absence, says again what a program said before: answers, forwards, quotes, or types it anew. A thread without a
    /// quotation is a monitor's, and so is a quotation in what a machine of ours threads.
    /// </summary>
    public static bool IsByPerson(Mail mail, Inventory inventory) =>
        IsAutoReply(mail)
        || !Automation(mail) && (IsTyped(mail) || Naming.IsAnswer(mail.Subject) || (Naming.IsAnswer(mail) || SubjectTags.IsLost(mail.Subject)) && !IsFromMachine(mail, inventory) && Quotes(mail));

    /// <summary>Whether a person's absence answers, or their mail program for them (RFC 3834 §5, RFC 8098).</summary>
    public static bool IsAutoReply(Mail mail) =>
        IsAutoReplied(mail) || BearsAutoReply(mail)
        || SubjectTags.Behind(mail.Subject) is var subject && (StartsWithAny(subject, Absences) || Is(subject, "Absence"));

    /// <summary>Whether it bears a field of one of the programs that answer for those who are away.</summary>
    public static bool BearsAutoReply(Mail mail) =>
        Array.Exists(AnswerFields, field => mail.Header(field) is not null)
        || mail.Header("Precedence") is { } precedence && Is(precedence, "auto_reply")
        || mail.Header("Delivered-To") is { } delivered && Is(delivered, "Autoresponder");

    /// <summary>Whether nothing but a program can have written what no format knows.</summary>
    public static bool IsProgram(Mail mail, Inventory inventory) =>
        SaysAutomatic(mail) || IsFromMachine(mail, inventory) && !IsTyped(mail) && !(Quotes(mail) && !mail.IsFromMonitor);

    /// <summary>Whether a client that people write with wrote it: an administrator may write from root's account.</summary>
    private static bool IsTyped(Mail mail) => StartsWithAny(mail.Header("User-Agent") ?? mail.Header("X-Mailer"), Clients);

    private static bool IsAutoReplied(Mail mail) => mail.Header("Auto-Submitted")?.StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase) == true;

    private static bool Automation(Mail mail) =>
        mail.Header("Auto-Submitted") is { } submitted && !submitted.StartsWith("no", StringComparison.OrdinalIgnoreCase)
        || StartsWithAny(mail.Header("X-Mailer"), Mailers);

    private static bool Quotes(Mail mail)
    {
        var left = MostLines;
        foreach (var written in mail.Text.AsSpan().EnumerateLines())
        {
            if (left-- == 0)
            {
                break;
            }

            var line = written.Trim();
            if (line.StartsWith('>'))
            {
                return true;
            }

            foreach (var attribution in Attributions)
            {
                if (line.EndsWith(attribution, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static bool StartsWithAny(string? value, string[] starts) =>
        value is not null && Array.Exists(starts, start => value.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private static bool Is(string value, string word) => value.Trim().Equals(word, StringComparison.OrdinalIgnoreCase);
}

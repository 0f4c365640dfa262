
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// sudo 1.6 to 1.9 (<c>logging.c</c>, since 1.9.8 <c>lib/eventlog</c>): the subject is free to the site (<c>mailsub</c>, by
/// default <c>*** SECURITY information for HOST ***</c>, in French <c>*** Informations de sécurité pour HOST ***</c>); the body
/// is one line, <c>HOST : DATE : USER : REASON ; TTY=… ; PWD=… ; USER=… ; COMMAND=…</c>, the date ctime's without year, the
/// reason in the language of the one who ran it. All for root, the command without its arguments.
/// </summary>
public sealed class SudoFormat : IFormat
{
    // The year does not matter where only the form is asked for.
    private static readonly DateTimeOffset AnyDate = new(2000, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public string Source => "sudo";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (!mail.Subject.StartsWith("***", StringComparison.Ordinal) && !mail.Subject.Contains("sudo", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var text = mail.Text.AsSpan().TrimStart();
        if (text.IndexOf("\n\n", StringComparison.Ordinal) is >= 0 and var end)
        {
            text = text[..end];
        }

        if (text.Length > 8000 || Shape.Read(text, "", " : ", " : ", " : ", " ; ", "") is not [var host, var date, var user, var reason, var rest]
            || host.Contains(' ') || WrittenDate.Parse(date, mail.Date ?? AnyDate) is not { } when || !rest.Contains("PWD=", StringComparison.Ordinal))
        {
            return null;
        }
        // No password, but a sentence that would be mistaken for one.
        reason = reason.Replace("a password is required", "password required", StringComparison.Ordinal);
        return Naming.Report(this, ReportKind.Security, host, mail, inventory) with
        {
            Service = Field.Service(Source),
            When = mail.Date is null ? null : when,
            Says = reason.StartsWith("TTY=", StringComparison.Ordinal) ? [Phrase.Quote(Command(rest) is { } allowed ? $"{user} ({allowed})" : user)]
                : Command(rest) is { } command ? [Phrase.Quote($"{user} : {reason} ({command})")] : [Phrase.Quote($"{user} : {reason}")],
        };
    }

    private static string? Command(string rest)
    {
        const string label = "COMMAND=";
        var start = rest.IndexOf(label, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var command = rest.AsSpan(start + label.Length).TrimStart();
        return new string(command.IndexOfAny(" \t\n") is >= 0 and var end ? command[..end] : command);
    }
}

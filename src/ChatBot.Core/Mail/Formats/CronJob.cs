using System.Buffers;

namespace ChatBot.Core.Mail.Formats;

/// <summary>The job that a cron mail is about.</summary>
/// <param name="Host">As cron knows the machine.</param>
/// <param name="Program">The name of the program that ran, without folder; of run-parts the folder.</param>
/// <param name="HasFailed">Cron itself says so.</param>
internal sealed record CronJob(string Host, string Program, bool HasFailed)
{
    /// <summary>The program of a job that names none.</summary>
    public const string Unknown = "?";

    // What stands before a command without being what the job is for.
    private static readonly string[] Wrappers =
    [
        "nice", "ionice", "chronic", "timeout", "sudo", "env", "exec", "nohup", "flock", "setlock", "cronic", "time", "command", "chrt", "systemd-cat",
        "if", "then", "else", "do", "!", "{",
    ];

    private static readonly string[] Checks =
    [
        "test", "[", "[[", "cd", "export", "umask", "sleep", ".", "source", "set", "true", "false", ":", "fi", "done", "}",
    ];

    private static readonly SearchValues<char> Times = SearchValues.Create("0123456789*abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly SearchValues<char> Moments = SearchValues.Create("0123456789*,-/~abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>
    /// Whether that program is what ran: alone, or as the one script of run-parts that printed. <c>NAME.sh</c> is NAME.
    /// </summary>
    public bool Ran(string program, string output) => Is(Program, program) || RunParts.Only(output) is { } script && Is(script, program);

    private static bool Is(string ran, string program) =>
        ran.StartsWith(program, StringComparison.Ordinal) && (ran.Length == program.Length || ran[program.Length] is '.' or '-' or '_');

    /// <summary>
    /// Debian cron and cronie: <c>Cron &lt;USER@HOST&gt; COMMAND</c>, newer ones with <c>(failed)</c> behind. systemd-cron:
    /// <c>[HOST] Failure: SOURCE "COMMAND"</c>, <c>[HOST] Output: …</c>, since 2.0 with the whole line of the crontab, and <c>[HOST] job UNIT
    /// failed</c>.
    /// </summary>
    public static CronJob? Of(Mail mail)
    {
        var subject = mail.Subject;
        if (subject.StartsWith("Cron <", StringComparison.Ordinal))
        {
            if (Shape.Read(subject, "Cron <", "@", ">", "") is not [var user, var host, var command] || !IsFromCron(mail, user))
            {
                return null;
            }

            var failed = command.EndsWith("(failed)", StringComparison.OrdinalIgnoreCase);
            return new CronJob(host, ProgramIn(failed ? command.AsSpan(0, command.Length - 8) : command), failed);
        }
        if (!subject.StartsWith('[') || mail.Header("X-Mailer")?.StartsWith("systemd-cron", StringComparison.Ordinal) != true
            && mail.FromName != "systemd-cron")
        {
            return null;
        }

        if (Shape.Read(subject, "[", "] Failure: ", "") is [var failing, var job])
        {
            return new CronJob(failing, Source(job, mail.Text), true);
        }

        if (Shape.Read(subject, "[", "] Output: ", "") is [var saying, var other])
        {
            return new CronJob(saying, Source(other, mail.Text), false);
        }

        return Shape.Read(subject, "[", "] job ", " failed") is [var at, var unit] ? new CronJob(at, Source(unit, mail.Text), true) : null;
    }

    // A person may quote a job in a subject.
    private static bool IsFromCron(Mail mail, string user) =>
        mail.Header("X-Cron-Env") is not null || mail.Header("Auto-Submitted") is not null || mail.FromAddress is null
        || Naming.IsFrom(mail, "root") || Naming.IsFrom(mail, "cron") || Naming.IsFrom(mail, user)
        || mail.FromName?.Contains("cron", StringComparison.OrdinalIgnoreCase) == true;

    // The command stands in quotation marks, in the subject or else in the unit's description, which is the first line of its state.
    private static string Source(string source, string text)
    {
        if (Quoted(source) is { } command)
        {
            return ProgramIn(WithoutSchedule(command, source.StartsWith("/etc/", StringComparison.Ordinal)));
        }

        var start = text.AsSpan().TrimStart();
        var first = start.IndexOf('\n') is >= 0 and var end ? start[..end] : start;
        return first.IndexOf("[Cron] \"", StringComparison.Ordinal) >= 0 && Quoted(new string(first)) is { } described
            ? ProgramIn(WithoutSchedule(described, text.Contains("loaded (/etc/cron", StringComparison.Ordinal)))
            : Unit(ProgramIn(source));
    }

    private static string? Quoted(string text) =>
        text.IndexOf('"', StringComparison.Ordinal) is >= 0 and var quote && text.AsSpan(quote).Trim('"') is { IsEmpty: false } inside ? new string(inside) : null;

    // crontab(5): five fields or @daily, and in /etc the user. What systemd-cron quotes is the whole line since 2.0.
    private static ReadOnlySpan<char> WithoutSchedule(ReadOnlySpan<char> line, bool hasUser)
    {
        var command = line.TrimStart();
        var left = command.StartsWith('@') ? 1 : 5;
        while (left-- > 0)
        {
            var end = command.IndexOfAny(" \t");
            if (end < 0 || command[0] != '@' && (!command[..end].ContainsAny(Times) || command[..end].ContainsAnyExcept(Moments)))
            {
                return line;
            }

            command = command[end..].TrimStart();
        }

        var user = command.IndexOfAny(" \t");
        return hasUser && user > 0 && !command[..user].ContainsAny("/=") ? command[user..].TrimStart() : command;
    }

    // cron-daily-logrotate.service, cron-root-backup-0.timer
    private static string Unit(string unit)
    {
        var end = unit.LastIndexOf('.');
        return unit.StartsWith("cron-", StringComparison.Ordinal) && end > 5 ? unit[5..end] : unit;
    }

    private static string ProgramIn(ReadOnlySpan<char> command)
    {
        ReadOnlySpan<char> last = default;
        while (!command.IsEmpty)
        {
            var end = command.IndexOfAny("&|;");
            var part = end < 0 ? command : command[..end];
            command = end < 0 ? default : command[end..].TrimStart("&|;");
            if (Word(part) is { IsEmpty: false } word)
            {
                last = word;
                if (Array.IndexOf(Checks, new string(word)) < 0)
                {
                    break;
                }
            }
        }
        return last.IsEmpty ? Unknown : new string(last);
    }

    // The first word that is neither a wrapper, its option or number, nor VARIABLE=value.
    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> part)
    {
        var isWrapped = false;
        ReadOnlySpan<char> option = default, runParts = default, wrapper = default;
        foreach (var range in part.SplitAny(" \t"))
        {
            var word = part[range].Trim("\"'()");
            if (word.IsEmpty)
            {
                continue;
            }

            if (!runParts.IsEmpty)
            {
                if (word[0] != '-')
                {
                    return word;
                }

                continue;
            }
            if (word[0] == '-' || isWrapped && (char.IsAsciiDigit(word[0]) || option is "-u" or "-n" && option.Length == 2 || IsLock(word))
                || word.IndexOf('=') > 0 && !word[..word.IndexOf('=')].Contains('/'))
            {
                option = word;
                continue;
            }
            option = default;
            var name = word[(word.LastIndexOf('/') + 1)..];
            if (name is "run-parts")
            {
                runParts = name;
            }
            else if (name is "sh" or "bash" or "dash" or "python" or "python3" or "perl" or "php" || Array.IndexOf(Wrappers, new string(name)) >= 0)
            {
                isWrapped = true;
                wrapper = name;
            }
            else if (!name.IsEmpty)
            {
                return name.Length > 60 ? name[..60] : name;
            }
        }
        return runParts.IsEmpty ? wrapper : runParts;
    }

    private static bool IsLock(ReadOnlySpan<char> word) =>
        word.EndsWith(".lock", StringComparison.Ordinal) || word.StartsWith("/run/", StringComparison.Ordinal)
        || word.StartsWith("/var/lock", StringComparison.Ordinal);
}

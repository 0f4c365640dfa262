using ChatBot.Core.Text;
using ChatBot.Net;

namespace ChatBot.Configuration;

/// <summary>The work of <c>chatbot check</c>: reads everything, connects nowhere.</summary>
public static class Check
{
    /// <summary>Tells each mistake on <paramref name="errors"/>, or what would be done on <paramref name="output"/>.</summary>
    /// <returns>The exit code: 0 if the configuration is right, 1 if it has a mistake.</returns>
    public static int Run(string path, IReadOnlyDictionary<string, string> environment, TextWriter output, TextWriter errors)
    {
        var result = ConfigurationFile.Load(path, environment);
        if (result.Settings is not { } settings)
        {
            foreach (var mistake in result.Mistakes)
            {
                errors.WriteLine(mistake);
            }

            return 1;
        }

        output.WriteLine($"{path} is right. The bot would do this:");
        foreach (var line in Summary(settings))
        {
            output.WriteLine($"  {line}");
        }

        foreach (var warning in SendingPlaceWarnings.Of(settings))
        {
            output.WriteLine($"Warning: {warning}");
        }

        return 0;
    }

    private static IEnumerable<string> Summary(BotSettings settings)
    {
        var irc = settings.Irc;
        yield return $"connect to {string.Join(", else ", irc.Servers)} {(irc.Tls ? "with" : "without")} TLS, as {irc.Nick}";
        foreach (var channel in irc.Channels)
        {
            yield return $"join {channel.Name}: {Word(channel.Audience)}{(channel.Greet ? ", greet newcomers" : "")}{(channel.Colours ? ", states in colour" : "")}";
        }

        foreach (var source in settings.Mail.Sources)
        {
            yield return $"read {Source(source)}";
        }

        if (settings.Mail.Smtp is { } smtp)
        {
            yield return $"write to {smtp.RootAlias} by {new HostPort(smtp.Host, smtp.Port)} when IRC is away for an hour";
        }

        if (Monitor(settings) is { } monitor)
        {
            yield return monitor;
        }

        foreach (var watch in settings.Watches)
        {
            yield return $"open an incident where {watch.Source} of {watch.Machine} is silent for {watch.SilentAfter.TotalHours:0.#} hours";
        }

        if (settings.OpenPgp is { } openPgp)
        {
            yield return $"let admins prove who they are by signatures of the keys in {openPgp.Keys} (!auth)";
        }
        else if (settings.People.HaveKeys)
        {
            yield return "leave `pgp` of people alone: without [openpgp] there is no key to verify with";
        }

        if (settings.Web is { } web)
        {
            yield return $"serve /healthz and /metrics on {web.Listen}";
        }

        yield return $"know {Count(settings.Inventory.Machines.Count, "machine", "machines")} and "
            + $"{Count(settings.People.Persons.Count, "person", "persons")}, "
            + $"{Count(settings.People.Persons.Count(person => person.IsAdmin), "admin", "admins")} among them";
        yield return "public channels get: machine, service, state and number of alerts, their end, planned work, changes as counts with their folders and packages"
            + (settings.Speech.PublicOutput ? ", plugin output, redacted" : "; no text of any mail");
        yield return "root channels get: the same, with plugin output, names of changed files, changelog lines, and the subjects of other mails";
    }

    private static string? Monitor(BotSettings settings) => settings switch
    {
        { Icinga: { } icinga } => $"send acknowledgements and downtimes to Icinga at {icinga.Url.Authority}, as {icinga.User}, and compare its state",
        { Nagios.TakesOrders: true } => $"send acknowledgements and downtimes to Nagios by {settings.Nagios.CommandFile}, and compare its state",
        { Nagios.StatusFile: { } file } => $"compare the state of Nagios in {file}, and send it nothing",
        _ => null,
    };

    private static string Word(Audience audience) => audience == Audience.Root ? "root" : "public";

    private static string Source(MailSourceSettings source) => source switch
    {
        MaildirSettings maildir => $"Maildir {maildir.Path}{Closed(source)}",
        ImapSettings imap => $"{imap.Folder} of {imap.User} on {new HostPort(imap.Host, imap.Port)}{Closed(source)}",
        Pop3Settings pop3 => $"the mailbox of {pop3.User} on {new HostPort(pop3.Host, pop3.Port)}, "
            + $"{(pop3.LeaveOnServer ? "leaving mails there" : "deleting there what is stored")}{Closed(source)}",
        _ => source.Kind,
    };

    private static string Closed(MailSourceSettings source) => source.Closed ? ", whose mail is not checked further" : "";

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}

using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Mail;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>Makes the mail sources that the configuration names, and the spool of <c>chatbot deliver</c> beside them.</summary>
internal static class MailSources
{
    public static IReadOnlyList<IMailSource> Of(
        BotSettings settings, IMailIntake intake, Database database, TimeProvider time, ILoggerFactory loggers)
    {
        var sources = new List<IMailSource>();
        foreach (var (source, i) in settings.Mail.Sources.Select((source, i) => (source, i)))
        {
            var facts = new MailSourceFacts($"{source.Kind}-{i + 1}", source.Closed);
            sources.Add(source switch
            {
                MaildirSettings maildir => new MaildirSource(
                    facts, maildir.Path, intake, time, Jitter.Next, loggers.CreateLogger<MaildirSource>()),
                ChatBot.Configuration.ImapSettings imap => new ImapSource(
                    facts, Of(imap), intake, time, Jitter.Next, loggers.CreateLogger<ImapSource>()),
                ChatBot.Configuration.Pop3Settings pop3 => new Pop3Source(
                    facts, Of(pop3), intake, database, time, Jitter.Next, loggers.CreateLogger<Pop3Source>()),
                _ => throw new ArgumentException($"No source reads {source.Kind}.", nameof(settings)),
            });
        }

        // Who may pipe into the spool is decided where the alias is; what comes in still shows its way in its header.
        sources.Add(new MaildirSource(
            new MailSourceFacts("spool", Closed: settings.Mail is { Mx: null, Sources.Count: > 0 }),
            Spool(settings.Data),
            intake,
            time,
            Jitter.Next,
            loggers.CreateLogger<MaildirSource>()));
        return sources;
    }

    private static ImapSettings Of(ChatBot.Configuration.ImapSettings settings) => new()
    {
        Host = settings.Host,
        Port = settings.Port,
        Tls = settings.Tls,
        User = settings.User,
        Password = settings.Password.Reveal(),
        Folder = settings.Folder,
        ProcessedFolder = settings.ProcessedFolder,
        Poll = settings.Poll,
    };

    private static Pop3Settings Of(ChatBot.Configuration.Pop3Settings settings) => new()
    {
        Host = settings.Host,
        Port = settings.Port,
        Tls = settings.Tls,
        User = settings.User,
        Password = settings.Password.Reveal(),
        Poll = settings.Poll,
        LeaveOnServer = settings.LeaveOnServer,
    };

    /// <summary>The Maildir of <c>chatbot deliver</c>, under the data folder.</summary>
    public static string Spool(string data) => Path.Combine(data, "spool");
}

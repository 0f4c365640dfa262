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
                ImapSettings imap => new ImapSource(
                    facts, imap, intake, time, Jitter.Next, loggers.CreateLogger<ImapSource>()),
                Pop3Settings pop3 => new Pop3Source(
                    facts, pop3, intake, database, time, Jitter.Next, loggers.CreateLogger<Pop3Source>()),
                _ => throw new ArgumentException($"No source reads {source.Kind}.", nameof(settings)),
            });
        }

        // Who may pipe into the spool is decided where the alias is; what comes in still shows its way in its header.
        sources.Add(new MaildirSource(
            new MailSourceFacts("spool", Closed: settings.Mail is { Trust.Mx: null, Sources.Count: > 0 }),
            Spool(settings.Data),
            intake,
            time,
            Jitter.Next,
            loggers.CreateLogger<MaildirSource>()));
        return sources;
    }

    /// <summary>The Maildir of <c>chatbot deliver</c>, under the data folder.</summary>
    public static string Spool(string data) => Path.Combine(data, "spool");
}

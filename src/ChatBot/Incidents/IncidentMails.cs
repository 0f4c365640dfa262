using System.Security.Cryptography;
using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.Text;
using ChatBot.Reports;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>
/// Mails the root alias who has an incident and when it ends, in the thread of its alert, where a mail opened it and the configuration asks
/// for threads. The channel gets a line for each of these mails; a day has few.
/// </summary>
internal sealed class IncidentMails(CurrentSettings settings)
{
    /// <summary>A thread gets no more of them on one day (UTC).</summary>
    public const int MostInDay = 6;

    private const string Installation = "installation";
    private const int MostThreads = 10;
    private const string Answer = "Re: ";

    private static readonly Sentence2 Last = new(
        "This is today's last mail in this thread; what follows is on IRC: {0}incident {1}",
        "C'est le dernier mail d'aujourd'hui dans ce fil ; la suite est sur IRC : {0}incident {1}");

    private SmtpSettings? Smtp => settings.Value.Settings.Mail.Smtp is { Threads: true } smtp ? smtp : null;

    /// <summary>The name of this bot and its standby in the identifiers of threads: made once, and kept in the store.</summary>
    public static Task<string> InstallationAsync(StoreTransaction transaction) =>
        SettingStore.GetOrAddAsync(transaction, Installation, () => RandomNumberGenerator.GetHexString(16, lowercase: true));

    /// <summary>The same; null where no thread was ever begun.</summary>
    public static Task<string?> KnownInstallationAsync(StoreTransaction transaction) => SettingStore.GetAsync(transaction, Installation);

    /// <summary>Remembers which mail opened an incident, where mails are written in its thread or read.</summary>
    public Task BeginAsync(StoreTransaction transaction, long incident, OpeningMail mail, DateTimeOffset at) => Smtp is null && !settings.Value.Settings.Mail.Door.IsOpen
        ? Task.CompletedTask
        : IncidentThreadStore.AddAsync(transaction, incident, mail.Id ?? "", mail.Subject.Value, at);

    /// <summary>Mails a line, where it is one for its thread.</summary>
    /// <param name="transaction">The transaction of the decision.</param>
    /// <param name="line">What is announced.</param>
    /// <param name="about">Its incidents, with their numbers.</param>
    /// <param name="words">Its words.</param>
    public async Task SayAsync(StoreTransaction transaction, OutcomeLine line, IReadOnlyList<Incident> about, Line words)
    {
        if (Smtp is not { } smtp || !line.IsForThread || words.For(Audience.Root) is not { } text)
        {
            return;
        }

        var day = (long)(line.At - DateTimeOffset.UnixEpoch).TotalDays;
        var threads = new List<IncidentThreadRow>();
        foreach (var incident in about.Take(MostThreads))
        {
            if (await IncidentThreadStore.FindAsync(transaction, incident.Number) is { } thread && thread.On(day) < MostInDay)
            {
                threads.Add(thread);
            }
        }

        if (threads.Count == 0)
        {
            return;
        }

        var isLast = threads[0].On(day) + 1 == MostInDay;
        await OutboxStore.AddMailAsync(transaction, MailTarget.RootAlias, Reply(smtp, await InstallationAsync(transaction), threads, text, isLast), line.At);
        foreach (var thread in threads)
        {
            await IncidentThreadStore.MailedAsync(transaction, thread, day, line.At);
        }
    }

    private OutgoingMail Reply(SmtpSettings smtp, string installation, List<IncidentThreadRow> threads, string text, bool isLast)
    {
        var first = threads[0];
        var root = MailIds.OfIncident(first.Incident, installation, smtp.From);
        List<RootText> paragraphs = [new(text, int.MaxValue)];
        if (isLast)
        {
            paragraphs.AddRange([default, settings.Value.Phrases.Public(Last, PublicText.Declared(settings.Value.Settings.Irc.CommandPrefix), first.Incident)]);
        }

        return new OutgoingMail(new(first.Subject.StartsWith(Answer, StringComparison.OrdinalIgnoreCase) ? first.Subject : Answer + first.Subject), paragraphs)
        {
            InReplyTo = first.MessageId.Length > 0 ? first.MessageId : root,
            // What a mail program takes for the parent stands at the end.
            References = [.. threads.AsEnumerable().Reverse().SelectMany(thread => (string[])[MailIds.OfIncident(thread.Incident, installation, smtp.From), thread.MessageId]).Where(id => id.Length > 0)],
        };
    }
}

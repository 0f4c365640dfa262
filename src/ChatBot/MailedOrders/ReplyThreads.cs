using ChatBot.Core.Mail;
using ChatBot.Incidents;
using ChatBot.Storage;
using CoreMail = ChatBot.Core.Mail.Mail;

namespace ChatBot.MailedOrders;

/// <summary>Finds the incidents in whose thread a mail answers.</summary>
internal static class ReplyThreads
{
    private const int MostIds = 40;

    /// <summary>
    /// By what the mail answers; else by all that it refers to; else by its subject, of open incidents. The identifiers are the bot's own, which it
    /// computes, and those of the alerts that it remembers.
    /// </summary>
    /// <param name="transaction">Reads.</param>
    /// <param name="mail">The answer.</param>
    /// <param name="withReferences">False where anybody could have changed them.</param>
    public static async Task<IReadOnlyList<long>> FindAsync(StoreTransaction transaction, CoreMail mail, bool withReferences)
    {
        if (!AnsweredSubject.IsAnswer(mail))
        {
            return [];
        }

        var installation = await IncidentMails.KnownInstallationAsync(transaction);
        var answered = await OfIdsAsync(transaction, mail.Header("In-Reply-To"), installation);
        if (answered.Count == 1 || !withReferences)
        {
            return answered.Count > 0 ? [.. answered] : await OfSubjectAsync(transaction, mail.Subject);
        }

        answered.UnionWith(await OfIdsAsync(transaction, mail.Header("References"), installation));
        return answered.Count > 0 ? [.. answered] : await OfSubjectAsync(transaction, mail.Subject);
    }

    /// <summary>The open incidents whose alert has this subject.</summary>
    public static async Task<IReadOnlyList<long>> OfSubjectAsync(StoreTransaction transaction, string subject)
    {
        var bare = AnsweredSubject.Bare(subject);
        return bare.Length == 0 || !AnsweredSubject.IsAnswer(subject) ? []
            : [.. (await IncidentThreadStore.OpenAsync(transaction))
                .Where(thread => AnsweredSubject.Bare(thread.Subject).Equals(bare, StringComparison.OrdinalIgnoreCase)).Select(thread => thread.Incident)];
    }

    private static async Task<SortedSet<long>> OfIdsAsync(StoreTransaction transaction, string? field, string? installation)
    {
        var found = new SortedSet<long>();
        foreach (var id in (field ?? "").Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries).TakeLast(MostIds).Where(id => id.Length <= MailIds.Longest))
        {
            if (installation is not null && MailIds.IncidentOf(id, installation) is { } number)
            {
                found.Add(number);
            }
            else
            {
                found.UnionWith(await IncidentThreadStore.NumbersOfAsync(transaction, id));
            }
        }

        return found;
    }
}

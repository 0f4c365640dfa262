using System.Collections.Concurrent;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>
/// Remembers in the store which mails were begun, so that one of which the process dies is known to the next process. A try
/// counts once a process: what is offered again because the store was full or locked has killed nobody. It counts only for a
/// mail that was begun alone: of many, the others are innocent. It is to outlive the process, and need not be on the disk.
/// </summary>
internal sealed class MailAttempts(Database database, TimeProvider time)
{
    private const int TriesOfAProcess = 2;

    // Many that take long to read must not delay the announcement of what stands before them.
    private const long MostBytes = 4 * 1024 * 1024;
    private const int MostMails = 400;

    private readonly ConcurrentDictionary<string, (string Mark, long Tries)> _begun = new(StringComparer.Ordinal);
    private IReadOnlySet<string>? _suspects;

    /// <summary>Cuts a batch into what may be begun together; what an earlier process never finished goes alone. Keeps the order.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<IncomingMail>>> PartsAsync(
        IReadOnlyList<IncomingMail> batch, CancellationToken cancellationToken)
    {
        _suspects ??= await SuspectsAsync(cancellationToken);
        var parts = new List<IReadOnlyList<IncomingMail>>();
        List<IncomingMail>? together = null;
        var bytes = 0L;
        foreach (var mail in batch)
        {
            var isSuspect = _suspects.Contains(Name(mail));
            bytes += mail.Bytes.Length;
            if (isSuspect || together is null || bytes > MostBytes || together.Count == MostMails)
            {
                parts.Add(together = []);
                bytes = mail.Bytes.Length;
            }

            together.Add(mail);
            if (isSuspect)
            {
                together = null;
            }
        }

        return parts;
    }

    /// <summary>Notes that these are about to be read.</summary>
    public async Task BeginAsync(IReadOnlyList<IncomingMail> part, CancellationToken cancellationToken)
    {
        var marks = MailMark.Of(part.Select(Name).Where(name => !_begun.ContainsKey(name)));
        if (marks.Count == 0)
        {
            return;
        }

        var isAlone = part.Count == 1;
        var tries = await database.WriteHastilyAsync(
            async transaction =>
            {
                var counts = new long[marks.Count];
                for (var i = 0; i < marks.Count; i++)
                {
                    counts[i] = await MailStore.BeginAsync(transaction, marks[i], isAlone, time.GetUtcNow());
                }

                return counts;
            },
            cancellationToken);
        foreach (var (mark, count) in marks.Zip(tries))
        {
            foreach (var name in MailMark.Names(mark))
            {
                _begun[name] = (mark, count);
            }
        }
    }

    /// <summary>Whether earlier processes have died of it, as far as is known.</summary>
    public bool IsPoison(IncomingMail mail) => _begun.TryGetValue(Name(mail), out var begun) && begun.Tries > TriesOfAProcess;

    /// <summary>Notes in the transaction that stores mails that they are finished; a mark of several goes with the last of them.</summary>
    public async Task EndAsync(StoreTransaction transaction, IEnumerable<IncomingMail> mails)
    {
        var ending = mails.Select(Name).ToHashSet(StringComparer.Ordinal);
        var marks = ending.Select(name => _begun.TryGetValue(name, out var begun) ? begun.Mark : name).Distinct(StringComparer.Ordinal);
        foreach (var mark in marks.Where(mark => MailMark.Names(mark).All(name => ending.Contains(name) || !_begun.ContainsKey(name))))
        {
            await MailStore.EndAsync(transaction, mark);
        }
    }

    /// <summary>Once that transaction is committed.</summary>
    public void Ended(IEnumerable<IncomingMail> mails)
    {
        foreach (var mail in mails)
        {
            _begun.TryRemove(Name(mail), out _);
        }
    }

    // From now on each has a mark of its own, so that none of them vouches for another.
    private async Task<IReadOnlySet<string>> SuspectsAsync(CancellationToken cancellationToken)
    {
        var marks = await database.ReadAsync(MailStore.UnfinishedAsync, cancellationToken);
        foreach (var mark in marks.Where(MailMark.IsOfSeveral))
        {
            await database.WriteAsync(
                async transaction =>
                {
                    await MailStore.EndAsync(transaction, mark);
                    foreach (var name in MailMark.Names(mark))
                    {
                        await MailStore.BeginAsync(transaction, name, alone: false, time.GetUtcNow());
                    }
                },
                cancellationToken);
        }

        return marks.SelectMany(MailMark.Names).ToHashSet(StringComparer.Ordinal);
    }

    private static string Name(IncomingMail mail) => MailMark.Name(mail.Source.Name, mail.Key);
}

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

    private readonly ConcurrentDictionary<string, long> _begun = new(StringComparer.Ordinal);
    private IReadOnlySet<string>? _suspects;

    /// <summary>Cuts a batch into what may be begun together; what an earlier process never finished goes alone. Keeps the order.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<IncomingMail>>> PartsAsync(
        IReadOnlyList<IncomingMail> batch, CancellationToken cancellationToken)
    {
        _suspects ??= await database.ReadAsync(MailStore.UnfinishedAsync, cancellationToken);
        var parts = new List<IReadOnlyList<IncomingMail>>();
        List<IncomingMail>? together = null;
        var bytes = 0L;
        foreach (var mail in batch)
        {
            var isSuspect = _suspects.Contains(Name(mail));
            bytes += mail.Bytes.Length;
            if (isSuspect || together is null || bytes > MostBytes)
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
        var names = part.Select(Name).Where(name => !_begun.ContainsKey(name)).ToList();
        if (names.Count == 0)
        {
            return;
        }

        var tries = await database.WriteHastilyAsync(
            async transaction =>
            {
                var counts = new long[names.Count];
                for (var i = 0; i < names.Count; i++)
                {
                    counts[i] = await MailStore.BeginAsync(transaction, names[i], part.Count == 1, time.GetUtcNow());
                }

                return counts;
            },
            cancellationToken);
        for (var i = 0; i < names.Count; i++)
        {
            _begun[names[i]] = tries[i];
        }
    }

    /// <summary>Whether earlier processes have died of it, as far as is known.</summary>
    public bool IsPoison(IncomingMail mail) => _begun.TryGetValue(Name(mail), out var tries) && tries > TriesOfAProcess;

    /// <summary>Notes in the transaction that stores a mail that it is finished.</summary>
    public static Task EndAsync(StoreTransaction transaction, IncomingMail mail) => MailStore.EndAsync(transaction, Name(mail));

    /// <summary>Once that transaction is committed.</summary>
    public void Ended(IEnumerable<IncomingMail> mails)
    {
        foreach (var mail in mails)
        {
            _begun.TryRemove(Name(mail), out _);
        }
    }

    private static string Name(IncomingMail mail) => $"{mail.Source.Name}/{mail.Key}";
}

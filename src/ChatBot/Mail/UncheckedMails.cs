using ChatBot.Core.Reports;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>
/// Mails that had no effect only because no name server gave the key of their signature in time. They are counted as refused, so that
/// none is forgotten; for an hour they are looked at again. They are in the store as well, so that a kill loses none, but for those that
/// hold a diff, of which no byte is stored.
/// </summary>
internal sealed class UncheckedMails(TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private const int Most = 200;
    private const long MostBytes = 8 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly List<(IntakeMail.Understood Mail, long Since)> _mails = [];

    /// <summary>
    /// Keeps one. Where that is too many, the network that has sent most loses its newest: who floods from one network pushes out only
    /// what they sent themselves.
    /// </summary>
    /// <param name="transaction">The transaction that stores it, or that deletes it where it is from the store and not kept.</param>
    /// <param name="mail">The mail.</param>
    /// <param name="now">The moment.</param>
    /// <param name="keptFor">How long it was kept by an earlier process.</param>
    public async Task AddAsync(StoreTransaction transaction, IntakeMail.Understood mail, DateTimeOffset now, TimeSpan keptFor = default)
    {
        var lost = new List<IntakeMail.Understood>();
        lock (_lock)
        {
            _mails.RemoveAll(one => IsSame(one.Mail, mail));
            _mails.Add((mail, time.GetTimestamp() - (long)(keptFor.TotalSeconds * time.TimestampFrequency)));
            while (_mails.Count > Most || _mails.Sum(one => (long)one.Mail.Incoming.Bytes.Length) > MostBytes)
            {
                var last = _mails.GroupBy(one => one.Mail.CameFrom, StringComparer.OrdinalIgnoreCase).MaxBy(group => group.Count())!.Last();
                _mails.Remove(last);
                lost.Add(last.Mail);
            }
        }

        if (!mail.HoldsDiff)
        {
            await UncheckedMailStore.AddAsync(transaction, new UncheckedMailRow
            {
                Mailbox = mail.Incoming.Source.Name,
                Mail = mail.Incoming.Key,
                ArrivedAt = Moment.Store(mail.Incoming.ArrivedAt),
                KeptAt = Moment.Store(now - keptFor),
                Content = Convert.ToBase64String(mail.Incoming.Bytes.Span),
            });
        }

        await ForgetAsync(transaction, lost);
    }

    /// <summary>All that are kept, in the order in which they came; those that were for too long no more.</summary>
    public IReadOnlyList<IntakeMail.Understood> All()
    {
        lock (_lock)
        {
            _mails.RemoveAll(one => time.GetElapsedTime(one.Since) >= Longest);
            return _mails.ConvertAll(one => one.Mail);
        }
    }

    /// <summary>A mail that is believed has its effect: what came before it about the same check is overtaken.</summary>
    public async Task OvertakeAsync(StoreTransaction transaction, IntakeMail.Understood by)
    {
        var checks = by.Report.Others.Prepend(by.Report).Select(Check).ToHashSet();
        bool IsOvertaken(IntakeMail.Understood mail) => mail.Incoming.ArrivedAt <= by.Incoming.ArrivedAt && checks.Contains(Check(mail.Report));
        List<IntakeMail.Understood> overtaken;
        lock (_lock)
        {
            overtaken = _mails.FindAll(one => IsOvertaken(one.Mail)).ConvertAll(one => one.Mail);
            _mails.RemoveAll(one => IsOvertaken(one.Mail));
        }

        await ForgetAsync(transaction, overtaken);
    }

    /// <summary>Whether it is still kept, and was not overtaken meanwhile.</summary>
    public bool Holds(IntakeMail.Understood mail)
    {
        lock (_lock)
        {
            return _mails.Exists(one => IsSame(one.Mail, mail));
        }
    }

    /// <summary>It is looked at no more.</summary>
    public async Task RemoveAsync(StoreTransaction transaction, IntakeMail.Understood mail)
    {
        lock (_lock)
        {
            _mails.RemoveAll(one => IsSame(one.Mail, mail));
        }

        await ForgetAsync(transaction, [mail]);
    }

    private static async Task ForgetAsync(StoreTransaction transaction, IReadOnlyList<IntakeMail.Understood> mails)
    {
        foreach (var mail in mails)
        {
            await UncheckedMailStore.DeleteAsync(transaction, mail.Incoming.Source.Name, mail.Incoming.Key);
        }
    }

    private static bool IsSame(IntakeMail.Understood one, IntakeMail.Understood other) =>
        one.Incoming.Key == other.Incoming.Key && one.Incoming.Source.Name == other.Incoming.Source.Name;

    private static CheckKey Check(Report report) => new(report.Machine ?? default, report.Service, report.Part.Of(report.Source));
}

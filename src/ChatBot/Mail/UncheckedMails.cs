using ChatBot.Core.Reports;

namespace ChatBot.Mail;

/// <summary>
/// Mails that had no effect only because no name server returned the key of their signature in time. They are counted as refused, so that
/// none is forgotten when the process ends; while it runs, they are looked at again for an hour.
/// </summary>
internal sealed class UncheckedMails(TimeProvider time)
{
    private const int Most = 200;
    private const long MostBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly List<(IntakeMail.Understood Mail, long Since)> _mails = [];

    /// <summary>
    /// Keeps one. Where that is too many, the network that has sent most loses its newest: who floods from one network pushes out only
    /// what they sent themselves.
    /// </summary>
    public void Add(IntakeMail.Understood mail)
    {
        lock (_lock)
        {
            _mails.Add((mail, time.GetTimestamp()));
            while (_mails.Count > Most || _mails.Sum(one => (long)one.Mail.Incoming.Bytes.Length) > MostBytes)
            {
                var fullest = _mails.GroupBy(one => one.Mail.CameFrom, StringComparer.OrdinalIgnoreCase).MaxBy(group => group.Count())!;
                _mails.Remove(fullest.Last());
            }
        }
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

    /// <summary>A mail has had its effect: what came before it about the same check is overtaken.</summary>
    public void Overtake(IntakeMail.Understood by)
    {
        var checks = by.Report.Others.Prepend(by.Report).Select(Check).ToHashSet();
        lock (_lock)
        {
            _mails.RemoveAll(one => one.Mail.Incoming.ArrivedAt <= by.Incoming.ArrivedAt && checks.Contains(Check(one.Mail.Report)));
        }
    }

    /// <returns>False where it was overtaken meanwhile.</returns>
    public bool Remove(IntakeMail.Understood mail)
    {
        lock (_lock)
        {
            return _mails.RemoveAll(one => ReferenceEquals(one.Mail, mail)) > 0;
        }
    }

    private static CheckKey Check(Report report) => new(report.Machine ?? default, report.Service, report.Part.Of(report.Source));
}

using ChatBot.Core.Mail;
using ChatBot.Core.Speech;

namespace ChatBot.Mail;

/// <summary>Counts mails that had no effect, and lets it be told at once, then once an hour at most.</summary>
internal sealed class RefusalNews(TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly Lock _changing = new();
    private long? _toldAt;
    private long _untold;
    private (PublicText Machine, Verdict Verdict) _last;

    /// <summary>What there is to tell, these included: of the last one from where and why, and how many; null where it is too early.</summary>
    /// <param name="fresh">Refused in the transaction under way.</param>
    public (PublicText Machine, Verdict Verdict, long Count)? ToTell(IReadOnlyList<(PublicText Machine, Verdict Verdict)> fresh)
    {
        lock (_changing)
        {
            var (machine, verdict) = fresh.Count > 0 ? fresh[^1] : _last;
            var isTime = _toldAt is not { } last || clock.GetElapsedTime(last) >= Every;
            return isTime && _untold + fresh.Count > 0 ? (machine, verdict, _untold + fresh.Count) : null;
        }
    }

    /// <summary>The transaction is committed.</summary>
    public void Settle(IReadOnlyList<(PublicText Machine, Verdict Verdict)> fresh, bool told)
    {
        lock (_changing)
        {
            if (fresh.Count > 0)
                _last = fresh[^1];
            _untold = told ? 0 : _untold + fresh.Count;
            if (told)
                _toldAt = clock.GetTimestamp();
        }
    }
}

using ChatBot.Core.Irc.Session;

namespace ChatBot.Core.Commands;

/// <summary>
/// How often the server is asked who somebody is: each question costs two lines of what may be written, and anybody can make the bot
/// ask. All whom nobody knows share one bucket; each person of <c>people.toml</c> has one of their own, so that neither strangers nor
/// somebody under another's nick use up what the others have.
/// </summary>
public sealed class QuestionPace
{
    /// <summary>How many questions at once, of strangers together and of each person.</summary>
    public const double Burst = 3;

    /// <summary>Then one in so long.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly TokenBucket _strangers = new(Burst, Interval);
    private readonly Dictionary<string, TokenBucket> _persons = new(StringComparer.Ordinal);

    /// <summary>Counts one question and tells whether to ask it.</summary>
    /// <param name="person">The name in <c>people.toml</c> of who this seems to be; null for a stranger.</param>
    /// <param name="now">A reading of one monotonic clock.</param>
    public bool MayAsk(string? person, TimeSpan now)
    {
        if (person is null)
        {
            return _strangers.TrySpend(1, 0, now);
        }

        if (!_persons.TryGetValue(person, out var own))
        {
            _persons[person] = own = new TokenBucket(Burst, Interval);
        }

        return own.TrySpend(1, 0, now) || _strangers.TrySpend(1, 0, now);
    }
}

namespace ChatBot.Core.Irc.Session;

/// <summary>Who spoke last in each channel, so that an answer that no longer stands below its question names the asker.</summary>
internal sealed class ChannelTalk
{
    /// <summary>An answer that comes later is looked for.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Turns> _channels = new(StringComparer.Ordinal);
    private long _turn;

    /// <summary>Somebody spoke; the turn by which an answer names this line.</summary>
    /// <param name="channel">As the configuration names it.</param>
    public long Heard(string channel) => Said(channel, 0);

    /// <summary>We spoke.</summary>
    /// <param name="channel">As the configuration names it.</param>
    /// <param name="question">The turn that it answers; 0 for none.</param>
    public void Wrote(string channel, long question) => Said(channel, question);

    /// <summary>Whether an answer comes late, or anybody spoke between it and its question; other lines of the same answer do not count.</summary>
    /// <param name="channel">As the configuration names it.</param>
    /// <param name="asker">Who asked.</param>
    /// <param name="now">A reading of the session's clock.</param>
    public bool IsApart(string channel, IrcAuthor asker, TimeSpan now)
    {
        if (now - asker.SaidAt > Late)
        {
            return true;
        }

        var turns = _channels.GetValueOrDefault(channel);
        return (turns.Question == asker.Turn && asker.Turn > 0 ? turns.Before : turns.Last) > asker.Turn;
    }

    private long Said(string channel, long question)
    {
        var turns = _channels.GetValueOrDefault(channel);
        _turn++;
        _channels[channel] = turns.Question == question ? turns with { Last = _turn } : new Turns(_turn, question, turns.Last);
        return _turn;
    }

    // The last line, what it answers, and the last line that answers something else.
    private readonly record struct Turns(long Last, long Question, long Before);
}

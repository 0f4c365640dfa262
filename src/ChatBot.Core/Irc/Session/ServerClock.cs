using System.Globalization;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// What the server's own clock shows (IRCv3 server-time), whether right or wrong: the time tag of what it says of itself, such as
/// a PONG, set against our monotonic clock. A line of somebody that is older than that is played back by a bouncer, with or
/// without a batch. Where the server tags people's lines but none of its own, it keeps the tag for playback.
/// </summary>
internal sealed class ServerClock
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(30);

    private readonly LinkState _state;
    private long? _offset;

    public ServerClock(LinkState state, VerbTable verbs)
    {
        _state = state;
        verbs.On(m => Set(m, isNewest: true), "001", "PONG", "315", "318", "324", "366");
        // A bouncer may say again when it joined, which is no time of now.
        verbs.On(m => Set(m, isNewest: false), "JOIN");
    }

    /// <summary>Null until the server has shown it.</summary>
    public DateTimeOffset? UtcNow =>
        _offset + _state.Now.Ticks is { } ticks && ticks > 0 && ticks < DateTime.MaxValue.Ticks ? new(ticks, TimeSpan.Zero) : null;

    /// <summary>The time tag of a line; null where it has none, or rubbish.</summary>
    public DateTimeOffset? TimeOf(IrcMessage message) =>
        _state.Caps.Contains("server-time") && DateTimeOffset.TryParse(
            message.Tags["time"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : null;

    public bool IsOld(DateTimeOffset time) => _offset is not { } offset || _state.Now.Ticks + offset - time.UtcTicks > Delay.Ticks;

    private void Set(IrcMessage message, bool isNewest)
    {
        if (TimeOf(message) is not { } time || (!isNewest && !_state.IsMe(message.From.Nick)))
        {
            return;
        }

        var offset = time.UtcTicks - _state.Now.Ticks;
        if (isNewest || _offset is null || offset > _offset)
        {
            _offset = offset;
        }
    }
}

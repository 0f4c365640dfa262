namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Whether we may speak where we are: +m needs a mark, +M an account or a mark. Reported once, and the services are asked for a voice.
/// </summary>
internal sealed class VoiceKeeper
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    private readonly LinkState _state;
    private readonly ChannelKeeper _channels;
    private readonly Roster _roster;
    private readonly ChanServ _services;
    private readonly Dictionary<DesiredChannel, TimeSpan> _reported = [];
    private readonly HashSet<DesiredChannel> _muted = [];

    public VoiceKeeper(LinkState state, VerbTable verbs, ChannelKeeper channels, Roster roster, ChanServ services)
    {
        (_state, _channels, _roster, _services) = (state, channels, roster, services);
        verbs.On(m => Look(m[1]), "324", "366");
        verbs.On(m => Look(m[0]), "MODE");
    }

    private bool HasAccount => _state.Options is { Sasl: not null } or { Services.Account.Length: > 0 };

    private void Look(string name)
    {
        if (_channels.Find(name) is not { Presence: Presence.In, Modes: { } modes } channel)
        {
            return;
        }

        if (_roster.OwnMarks(name) is not { } marks)
        {
            return;
        }

        var mode = marks.Length > 0 ? null : modes.Contains('m') ? 'm' : modes.Contains('M') && !HasAccount ? 'M' : (char?)null;
        channel.Trouble = mode is null ? null : $"silenced (+{mode})";
        if (mode is null && _muted.Remove(channel))
        {
            _state.Emit(new IrcEvent.ChannelUnmuted(channel.Options.Name));
        }

        if (mode is not { } letter)
        {
            return;
        }

        _muted.Add(channel);
        if (_reported.TryGetValue(channel, out var at) && _state.Now - at < Silence)
        {
            return;
        }

        _reported[channel] = _state.Now;
        _state.Emit(new IrcEvent.ChannelMuted(channel.Options.Name, letter));
        _services.Ask("VOICE", channel.Options.Name);
    }
}

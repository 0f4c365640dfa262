namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Asks the server every few minutes whether it has us in our channels, as a missed KICK or a desync leaves a live connection that
/// no channel hears.
/// <code>
/// resting ── 4 to 5 min, or a minute and 404 or 442 ──► WHOIS of ourselves ── 311, 319…, 318 ──► each channel listed, or active since ──► resting
///    ▲                         │ no such answer in a minute              └── one is not ──► NAMES of it
///    ├─────────────────────────┘                                                              │ 353…, 366
///    ├── we are listed, it was active meanwhile, or no list has ever shown us there ◄─────────┤
///    └── lost: joined again as after a kick ◄── neither list shows us, and one did before ────┘
/// </code>
/// So a server that hides a channel from WHOIS, or us from NAMES, makes us neither leave nor join for ever. The questions go before
/// all talk: what waits to be said where we no longer are would block it for ever.
/// </summary>
internal sealed class Heartbeat : ILinkPart
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly LinkState _state;
    private readonly ChannelKeeper _keeper;
    private readonly DesiredChannel[] _channels;
    private readonly HashSet<DesiredChannel> _listed = [];
    private readonly HashSet<DesiredChannel> _suspects = [];
    private TimeSpan? _askedAt;
    private TimeSpan _restsSince;
    private bool _isAnswered;

    public Heartbeat(LinkState state, VerbTable verbs, ChannelKeeper keeper, DesiredChannel[] channels)
    {
        (_state, _keeper, _channels) = (state, keeper, channels);
        verbs.On(_ => Rest(), "001");
        verbs.On(m => _isAnswered |= _askedAt is not null && _state.IsMe(m[1]), "311");
        verbs.On(OnWhoisChannels, "319");
        verbs.On(OnWhoisEnd, "318");
        verbs.On(OnNames, "353");
        verbs.On(OnNamesEnd, "366");
        verbs.On(m => Doubt(m[1]), "404", "442");
        verbs.On(OnActivity, "PRIVMSG", "NOTICE", "JOIN", "PART", "KICK", "TOPIC", "MODE");
    }

    public TimeSpan NextTick { get; private set; } = TimeSpan.MaxValue;

    public void Tick()
    {
        if (_state.Now < NextTick)
        {
            return;
        }

        if (_askedAt is not null || !Array.Exists(_channels, c => c.Presence == Presence.In))
        {
            Rest();
            return;
        }
        _askedAt = _state.Now;
        NextTick = _state.Now + Patience;
        _state.Outgoing.Setup(IrcCommand.Whois(_state.Nick));
    }

    private void Rest()
    {
        _askedAt = null;
        _isAnswered = false;
        _listed.Clear();
        _suspects.Clear();
        _restsSince = _state.Now;
        NextTick = _state.In(Pause);
    }

    private void Doubt(string name)
    {
        if (_askedAt is null && _restsSince + Patience < NextTick && _keeper.Find(name) is { Presence: Presence.In })
        {
            NextTick = _restsSince + Patience;
        }
    }

    private void OnActivity(IrcMessage message)
    {
        if (message.From.IsUser && _keeper.Find(message[0]) is { } channel)
        {
            channel.LastActivity = _state.Now;
        }
    }

    private void OnWhoisChannels(IrcMessage message)
    {
        if (_askedAt is null || !_state.IsMe(message[1]))
        {
            return;
        }

        foreach (var word in message.Last.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Listed(word) is not { } channel)
            {
                continue;
            }

            channel.HasBeenListed = true;
            _listed.Add(channel);
        }
    }

    // Before the name stand our marks and what else a server shows there: '?' for a secret channel, '!' for an operator who hides.
    private DesiredChannel? Listed(string word)
    {
        for (var start = 0; start < word.Length; start++)
        {
            if (_keeper.Find(word[start..]) is { } channel)
            {
                return channel;
            }

            var isMark = _state.Isupport.PrefixMarks.Contains(word[start])
                || (char.IsAscii(word[start]) && char.IsPunctuation(word[start]) && !_state.IsChannel(word[start..]));
            if (!isMark)
            {
                return null;
            }
        }
        return null;
    }

    private void OnWhoisEnd(IrcMessage message)
    {
        if (!_isAnswered || _suspects.Count > 0 || !_state.IsMe(message[1]))
        {
            return;
        }

        _suspects.UnionWith(_channels.Where(c => IsInDoubt(c) && !_listed.Contains(c)));
        if (_suspects.Count == 0)
        {
            Rest();
        }

        foreach (var channel in _suspects)
        {
            _state.Outgoing.Setup(IrcCommand.Names(channel.Options.Name));
        }
    }

    private bool IsInDoubt(DesiredChannel channel) =>
        channel.Presence == Presence.In && channel.JoinedAt < _askedAt && channel.LastActivity < _askedAt;

    private void OnNames(IrcMessage message)
    {
        if (_keeper.Find(message[2]) is not { Presence: Presence.In } channel)
        {
            return;
        }

        if (channel.HasBeenListed && !_suspects.Contains(channel))
        {
            return;
        }

        foreach (var word in message.Last.Split(' '))
        {
            if (!_state.IsMe(IrcSource.Parse(word.TrimStart([.. _state.Isupport.PrefixMarks])).Nick))
            {
                continue;
            }

            channel.HasBeenListed = true;
            _suspects.Remove(channel);
        }
    }

    private void OnNamesEnd(IrcMessage message)
    {
        if (_askedAt is null || _keeper.Find(message[1]) is not { } channel)
        {
            return;
        }

        if (_suspects.Remove(channel) && channel.HasBeenListed && IsInDoubt(channel))
        {
            _keeper.Lose(channel, "the server no longer has us there");
        }

        if (_isAnswered && _suspects.Count == 0)
        {
            Rest();
        }
    }
}

using ChatBot.Core.Text;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Keeps us in the channels we want, and in no other.
/// <code>
/// Out ── due ──► Asked ── JOIN ──► In ── (audience root) its modes show that it is closed ──► usable
///  ▲               │ refused, silent      │ kicked, parted     │ ▲                              │ a MODE opens it
///  └───── wait ────┴──────────────────────┘                    ▼ │ closed                       │
///                                          open: nothing is said, +i is asked for ◄─────────────┘
///                                            └── without a key at once, else in 10 min ──► PART, Out
/// </code>
/// <see cref="ChannelClosing"/> reads the modes and asks for +i.
/// </summary>
internal sealed class ChannelKeeper : ILinkPart
{
    private const int LongestJoin = 400;
    private const int MostInJoin = 100;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProofTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan UnsafeWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan HelpWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HelpGap = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan InvitationGap = TimeSpan.FromSeconds(10);

    private readonly LinkState _state;
    private readonly Roster _roster;
    private readonly ChanServ _services;
    private readonly DesiredChannel[] _channels;

    public ChannelKeeper(
        LinkState state, VerbTable verbs, Roster roster, ChanServ services, DesiredChannel[] channels)
    {
        (_state, _roster, _services, _channels) = (state, roster, services, channels);
        foreach (var channel in channels)
        {
            channel.Forget();
        }

        verbs.On(_ => Tick(), "001");
        verbs.On(OnJoin, "JOIN");
        verbs.On(m => OnGone(m[0], m.From.Nick, "parted"), "PART");
        verbs.On(m => OnGone(m[0], m[1], "kicked"), "KICK");
        verbs.On(OnInvite, "INVITE");
        verbs.On(OnRefused, "403", "405", "437", "470", "471", "473", "474", "475", "476", "477", "479", "480", "489", "520");
        _ = new ChannelClosing(state, verbs, roster, services, channels, this);
    }

    public TimeSpan NextTick
    {
        get
        {
            var next = TimeSpan.MaxValue;
            foreach (var channel in _state.CanJoin ? _channels : [])
            {
                next = Due(channel) is var its && its < next ? its : next;
            }

            return next;
        }
    }

    public DesiredChannel? Find(string name)
    {
        foreach (var channel in _channels)
        {
            if (_state.Same(channel.Options.Name, name))
            {
                return channel;
            }
        }

        return null;
    }

    public void Tick()
    {
        if (!_state.CanJoin)
        {
            return;
        }

        var mayJoin = false;
        foreach (var channel in _channels)
        {
            if (_state.Now < Due(channel))
            {
                continue;
            }

            if (channel.Presence == Presence.Asked)
            {
                Refuse(channel, "", "the server does not answer");
            }
            else if (channel.Presence == Presence.In)
            {
                Distrust(channel, channel.IsOpen ? "it stays open to all" : "the server does not show its modes");
            }

            mayJoin |= channel.Presence == Presence.Out && _state.Now >= channel.NextTry;
        }

        if (mayJoin)
        {
            Join(_channels.Where(c => c.Presence == Presence.Out && _state.Now >= c.NextTry).OrderBy(c => c.Key is null));
        }
    }

    private static TimeSpan Due(DesiredChannel channel) => channel.Presence switch
    {
        Presence.Out => channel.NextTry,
        Presence.Asked => channel.AnswerDeadline,
        _ => channel.ProofDeadline,
    };

    private void Join(IEnumerable<DesiredChannel> channels)
    {
        var line = new List<IrcChannelOptions>();
        var length = 0;
        var most = _state.Isupport.Targets("JOIN", MostInJoin);
        foreach (var channel in channels)
        {
            channel.Presence = Presence.Asked;
            channel.AnswerDeadline = _state.Now + AnswerTime;
            length += channel.Options.Name.Length + (channel.Key?.Length ?? 0) + 2;
            if (line.Count > 0 && (length > LongestJoin || line.Count == most))
            {
                _state.Outgoing.Setup(IrcCommand.Join(line));
                (line, length) = ([], 0);
            }
            line.Add(channel.Options with { Key = channel.Key });
        }
        if (line.Count > 0)
        {
            _state.Outgoing.Setup(IrcCommand.Join(line));
        }
    }

    private void Wait(DesiredChannel channel, TimeSpan wait)
    {
        channel.Forget();
        channel.NextTry = _state.In(wait);
    }

    private void OnJoin(IrcMessage message)
    {
        var from = message.From;
        if (!_state.IsMe(from.Nick))
        {
            return;
        }

        if (from.User is not null && from.Host is not null)
        {
            _state.UserHost = $"{from.User}@{from.Host}";
        }

        if (!_state.IsStandby && Find(message[0]) is { } channel)
        {
            Enter(channel);
        }
        // Somebody with power dragged us there; nothing that is said there is for us.
        else if (IrcCommand.CanTarget(message[0]))
        {
            _state.Outgoing.Setup(IrcCommand.Part(message[0], "not one of my channels"));
        }
    }

    private void Enter(DesiredChannel channel)
    {
        if (channel.Presence == Presence.In)
        {
            return;
        }

        var name = channel.Options.Name;
        channel.OnJoined(_state.Now);
        _roster.Enter(name);
        if (channel.MustProve)
        {
            channel.ProofDeadline = _state.Now + ProofTime;
            _state.Outgoing.Setup(IrcCommand.Mode(name));
        }
        else
        {
            _state.Emit(new IrcEvent.Joined(name));
            _state.Outgoing.Idle(IrcCommand.Mode(name));
        }
        _state.Outgoing.Idle(
            _state.Isupport.HasWhox ? IrcCommand.Who(name, $"%tcuhnfar,{Roster.WhoxToken}") : IrcCommand.Who(name));
    }

    private void OnGone(string name, string nick, string reason)
    {
        if (_state.IsMe(nick) && Find(name) is { Presence: Presence.In } channel)
        {
            Lose(channel, reason);
        }
    }

    /// <summary>We are out of a channel against our will: back in some seconds, or after a rest where that goes on.</summary>
    public void Lose(DesiredChannel channel, string reason)
    {
        Leave(channel, reason);
        Wait(channel, channel.WaitAfterKick(_state.Now));
        if (channel.IsTired)
        {
            _state.Emit(new IrcEvent.KickedTooOften(channel.Options.Name));
        }
    }

    private void Leave(DesiredChannel channel, string reason)
    {
        var wasUsable = channel.IsUsable;
        _roster.Leave(channel.Options.Name);
        channel.Forget();
        channel.Trouble = reason;
        if (wasUsable)
        {
            _state.Emit(new IrcEvent.LeftChannel(channel.Options.Name, reason));
        }
    }

    // Anybody may invite: an invitation counts only now and then; the one that we asked for, always.
    private void OnInvite(IrcMessage message)
    {
        if (!_state.IsMe(message[0]) || Find(message[1]) is not { Presence: Presence.Out } channel)
        {
            return;
        }

        var isHelp = channel.AwaitsHelp && _services.Is(message.From.Nick);
        if (!isHelp && (channel.IsResting(_state.Now) || _state.Now < channel.NextInvitation))
        {
            return;
        }

        channel.AwaitsHelp = false;
        channel.NextInvitation = _state.Now + InvitationGap;
        channel.NextTry = _state.Now;
        Tick();
    }

    private void OnRefused(IrcMessage message)
    {
        if (Find(message[1]) is not { Presence: Presence.Asked } channel)
        {
            return;
        }

        if (message.Verb == "475")
        {
            channel.LearnKey(null);
        }

        Refuse(channel, message.Verb, Cleaner.CleanLine(IrcFormatting.Strip(message.Last)));
        if (ChanServ.Remedy(message.Verb) is not { } remedy || _state.Now < channel.NextHelp)
        {
            return;
        }

        if (!_services.Ask(remedy, channel.Options.Name))
        {
            return;
        }

        channel.AwaitsHelp = true;
        channel.NextHelp = _state.Now + HelpGap;
        if (remedy == "UNBAN")
        {
            channel.NextTry = _state.In(HelpWait);
        }
    }

    private void Refuse(DesiredChannel channel, string numeric, string text)
    {
        Wait(channel, channel.WaitAfterRefusal());
        channel.Trouble = numeric.Length == 0 ? text : $"refused ({numeric})";
        _state.Emit(new IrcEvent.JoinRefused(channel.Options.Name, numeric, text));
    }

    /// <summary>Leaves a channel of the root group that is open to all, and comes back after a rest.</summary>
    public void Distrust(DesiredChannel channel, string reason)
    {
        var name = channel.Options.Name;
        _state.Outgoing.Setup(IrcCommand.Part(name, "this channel is open to all"));
        Leave(channel, reason);
        Wait(channel, UnsafeWait);
        _state.Emit(new IrcEvent.ChannelUnsafe(name, reason));
    }
}

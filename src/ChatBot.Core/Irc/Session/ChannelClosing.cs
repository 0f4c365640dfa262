namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Sees by its modes whether a channel of the root group is closed, and closes it where the configuration has a key. The key is never
/// shown to others: +i first, and the key only where nobody else is in.
/// </summary>
internal sealed class ChannelClosing
{
    private static readonly TimeSpan OpenTime = TimeSpan.FromMinutes(10);

    private readonly LinkState _state;
    private readonly Roster _roster;
    private readonly ChanServ _services;
    private readonly DesiredChannel[] _channels;
    private readonly ChannelKeeper _keeper;

    public ChannelClosing(
        LinkState state, VerbTable verbs, Roster roster, ChanServ services, DesiredChannel[] channels, ChannelKeeper keeper)
    {
        (_state, _roster, _services, _channels, _keeper) = (state, roster, services, channels, keeper);
        verbs.On(m => OnModes(m, 2), "324");
        verbs.On(m => OnModes(m, 1), "MODE");
        verbs.On(OnNoRight, "482");
        verbs.On(_ => LookWhoIsLeft(), "PART", "KICK", "QUIT");
    }

    private void OnModes(IrcMessage message, int at)
    {
        if (_keeper.Find(message[at - 1]) is not { Presence: Presence.In } channel)
        {
            return;
        }
        // A change before the first full answer says nothing about the rest.
        if (channel.Modes is null && message.Verb != "324")
        {
            return;
        }

        var wasUsable = channel.IsUsable;
        channel.Modes = Read(channel, message, at);
        channel.IsClosed = IsClosed(channel.Modes);
        _state.Emit(new IrcEvent.ChannelModes(channel.Options.Name, string.Concat(channel.Modes.Order())));
        if (!channel.MustProve)
        {
            return;
        }

        if (!channel.IsClosed)
        {
            OnOpen(channel, wasUsable);
            return;
        }

        if (message.Verb == "MODE" && !_state.IsMe(message.From.Nick) && message[at].AsSpan().ContainsAny('k', 'i'))
        {
            // A person has looked.
            channel.IsShutWithOthers = false;
            channel.IsBeingKeyed &= !message[at].Contains('i');
        }

        OnClosed(channel, wasUsable);
    }

    // +s hides and closes nothing. Where a server knows +R, its +r only says that the channel is registered.
    private bool IsClosed(HashSet<char> modes)
    {
        var hasServices = _state.Isupport.HasWhox || _state.Caps.Overlaps(["account-tag", "extended-join", "account-notify"]);
        var registered = (_state.Isupport["CHANMODES"] ?? "").Contains('R') ? 'R' : 'r';
        return modes.Contains('i') || modes.Contains('k') || (hasServices && modes.Contains(registered));
    }

    private void OnOpen(DesiredChannel channel, bool wasUsable)
    {
        if (channel.Options.Key is null)
        {
            _keeper.Distrust(channel, "it has neither +k nor +i");
            return;
        }

        if (channel.ProofDeadline == TimeSpan.MaxValue || !channel.HasTriedToClose)
        {
            channel.ProofDeadline = _state.Now + OpenTime;
        }

        if (wasUsable)
        {
            channel.HasTriedToClose = false;
        }

        Close(channel);
    }

    private void OnClosed(DesiredChannel channel, bool wasUsable)
    {
        var name = channel.Options.Name;
        channel.ProofDeadline = TimeSpan.MaxValue;
        channel.HasTriedToClose = false;
        GiveKey(channel);
        if (!channel.Modes!.Contains('n') && !channel.IsKnownUnshielded)
        {
            channel.IsKnownUnshielded = true;
            _state.Emit(new IrcEvent.ChannelUnshielded(name));
        }

        if (channel.IsUsable && !wasUsable)
        {
            _state.Emit(new IrcEvent.Joined(name));
        }
    }

    // Closed by +i nobody comes in, not even with the key: alone in it, we set the key and let those in who know it.
    private void GiveKey(DesiredChannel channel)
    {
        if (!channel.IsBeingKeyed || channel.IsShutWithOthers)
        {
            return;
        }

        if (!channel.Modes!.Contains('k'))
        {
            if (_roster.HasOthers(channel.Options.Name))
            {
                return;
            }

            _state.Outgoing.Setup(IrcCommand.Mode(channel.Options.Name, "+k", channel.Options.Key));
        }
        else
        {
            channel.IsBeingKeyed = false;
            _state.Outgoing.Setup(IrcCommand.Mode(channel.Options.Name, "-i"));
        }
    }

    private void LookWhoIsLeft()
    {
        foreach (var channel in _channels)
        {
            if (channel is { Presence: Presence.In, IsClosed: true, IsShutWithOthers: true } && !_roster.HasOthers(channel.Options.Name))
            {
                channel.IsShutWithOthers = false;
                OnClosed(channel, wasUsable: false);
            }
        }
    }

    private HashSet<char> Read(DesiredChannel channel, IrcMessage message, int at)
    {
        var modes = message.Verb == "324" ? [] : channel.Modes!;
        foreach (var change in ChannelModeChanges.Read(message, at, _state.Isupport))
        {
            if (!ChannelModeChanges.IsOfChannel(change.Letter, _state.Isupport))
            {
                continue;
            }

            if (change.IsSet)
            {
                modes.Add(change.Letter);
            }
            else
            {
                modes.Remove(change.Letter);
            }

            if (change.Letter != 'k')
            {
                continue;
            }

            if (!change.IsSet)
            {
                channel.LearnKey(null);
            }
            else if (change.Parameter is { } key)
            {
                channel.LearnKey(key);
            }
        }
        return modes;
    }

    private void OnNoRight(IrcMessage message)
    {
        if (_keeper.Find(message[1]) is not { IsOpen: true, HasTriedToClose: true, HasAskedForRight: false } channel)
        {
            return;
        }

        channel.HasAskedForRight = _services.Ask("OP", channel.Options.Name);
    }

    // The server does it only where we are an operator, like anyone who creates a channel.
    private void Close(DesiredChannel channel)
    {
        var name = channel.Options.Name;
        var hasTheRightNow = channel.HasAskedForRight && _roster.OwnMarks(name) is { Length: > 0 };
        if (channel.HasTriedToClose && !hasTheRightNow)
        {
            return;
        }

        channel.IsShutWithOthers = _roster.HasOthers(name);
        channel.IsBeingKeyed = true;
        _state.Outgoing.Setup(IrcCommand.Mode(name, "+i"));
        if (!channel.HasTriedToClose)
        {
            _state.Emit(new IrcEvent.ChannelOpen(name));
        }

        channel.HasTriedToClose = true;
        channel.HasAskedForRight = false;
    }
}

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// What people say. Only lines from a user, to one of our channels or to us, become events; our own echo goes to the delivery.
/// ACTION is recognised, other CTCP is for <see cref="Ctcp"/>.
/// </summary>
internal sealed class Conversation
{
    private const char CtcpMark = '\x01';
    private const int RememberedIds = 256;

    private readonly LinkState _state;
    private readonly ChannelKeeper _channels;
    private readonly Roster _roster;
    private readonly Batches _batches;
    private readonly Delivery _delivery;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _seenOrder = new();
    private readonly ServerClock _clock;
    private readonly Ctcp _ctcp;

    public Conversation(
        LinkState state, VerbTable verbs, ChannelKeeper channels, Roster roster, Batches batches, Delivery delivery)
    {
        (_state, _channels, _roster, _batches, _delivery) = (state, channels, roster, batches, delivery);
        _clock = new ServerClock(state, verbs);
        _ctcp = new Ctcp(state, _clock);
        verbs.On(m => OnSaid(m, isNotice: false), "PRIVMSG");
        verbs.On(m => OnSaid(m, isNotice: true), "NOTICE");
    }

    private void OnSaid(IrcMessage message, bool isNotice)
    {
        var from = message.From;
        if (!_state.IsRegistered || !from.IsUser || message.Params.Count < 2)
        {
            return;
        }

        if (_state.IsMe(from.Nick))
        {
            _delivery.OnEcho(message);
            return;
        }
        var isPrivate = _state.IsMe(message[0]);
        var target = isPrivate ? from.Nick : ChannelOf(message[0]);
        if (target is null || IsRepeated(message))
        {
            return;
        }

        var turn = isPrivate ? 0 : _delivery.Talk.Heard(target);
        if (message[1].StartsWith(CtcpMark))
        {
            OnCtcp(from.Nick, target, message[1], isPrivate, isNotice);
        }
        else
        {
            _state.Emit(Said(message, from, target, isPrivate, isNotice, turn));
        }
    }

    private IrcEvent.Message Said(IrcMessage message, IrcSource from, string target, bool isPrivate, bool isNotice, long turn)
    {
        var trustsTags = _state.Caps.Contains("message-tags");
        var time = _clock.TimeOf(message);
        var account = _state.Caps.Contains("account-tag") ? message.Tags.Strict("account") : null;
        var isHistory = _batches.IsIn(message, "chathistory", "znc.in/playback", "playback") || (time is { } said && _clock.IsOld(said));
        if (account is not null && !isHistory)
        {
            _roster.Identify(from.Nick, account);
        }

        return new(
            target, from.Nick, account, message[1], isPrivate, isNotice,
            (trustsTags && (message.Tags["bot"] ?? message.Tags["draft/bot"]) is not null) || _roster.IsBot(from.Nick),
            trustsTags ? message.Tags["msgid"] : null,
            time,
            isHistory)
        {
            Member = _roster.Snapshot(from.Nick),
            IsFromOutside = !isPrivate && !_roster.IsIn(target, from.Nick),
            Author = new(from.Nick, from is { User: not null, Host: not null } ? $"{from.User}@{from.Host}" : "", _state.Now) { Turn = turn },
        };
    }

    private string? ChannelOf(string target)
    {
        // "@#channel" is for a part of the channel; but a mark that also begins channels is part of the name.
        var name = _state.IsChannel(target)
            ? target
            : target.TrimStart([.. _state.Isupport.StatusMessageMarks.Where(mark => !_state.Isupport.ChannelTypes.Contains(mark))]);
        return _channels.Find(name) is { IsUsable: true } channel ? channel.Options.Name : null;
    }

    // A relay or a playback may bring the same line twice.
    private bool IsRepeated(IrcMessage message)
    {
        if (!_state.Caps.Contains("message-tags") || message.Tags["msgid"] is not { Length: > 0 } id)
        {
            return false;
        }

        if (!_seen.Add(id))
        {
            return true;
        }

        _seenOrder.Enqueue(id);
        if (_seenOrder.Count > RememberedIds)
        {
            _seen.Remove(_seenOrder.Dequeue());
        }

        return false;
    }

    private void OnCtcp(string nick, string target, string text, bool isPrivate, bool isNotice)
    {
        if (isNotice)
        {
            return;
        }

        var words = text.Trim(CtcpMark).Split(' ', 2);
        var (verb, rest) = (words[0].ToUpperInvariant(), words.ElementAtOrDefault(1) ?? "");
        if (verb == "ACTION" && rest.Length > 0)
        {
            _state.Emit(new IrcEvent.Action(target, nick, rest, isPrivate));
        }
        else if (isPrivate)
        {
            _ctcp.Ask(nick, verb, rest);
        }
    }
}

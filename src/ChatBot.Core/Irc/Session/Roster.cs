using ChatBot.Core.People;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Who is in the channels we are in: kept from JOIN to QUIT, filled by NAMES and WHO on our arrival. What it knows of accounts is
/// for display; rights come from elsewhere. The only one that keeps this: everybody else is shown it by the events.
/// </summary>
internal sealed partial class Roster
{
    private const int MostMembers = 100_000;

    private readonly LinkState _state;
    private readonly Batches _batches;
    private readonly Netsplits _netsplits;
    private readonly NickHistory _history;
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private Dictionary<string, Member> _members = new(StringComparer.Ordinal);
    private int _places;

    public Roster(LinkState state, VerbTable verbs, Batches batches, Netsplits netsplits)
    {
        (_state, _batches, _netsplits, _history) = (state, batches, netsplits, new NickHistory(state));
        state.CaseMappingChanged += Rekey;
        verbs.On(OnJoin, "JOIN");
        verbs.On(m => OnLeave(m[0], m.From.Nick), "PART");
        verbs.On(m => OnLeave(m[0], m[1]), "KICK");
        verbs.On(OnQuit, "QUIT");
        verbs.On(OnNick, "NICK");
        verbs.On(OnAccount, "ACCOUNT");
        verbs.On(m => Learn(m, member => member.UserHost = $"{m[0]}@{m[1]}"), "CHGHOST");
        verbs.On(OnAway, "AWAY");
        verbs.On(OnMode, "MODE");
        verbs.On(OnNames, "353");
        verbs.On(OnWho, "352");
        verbs.On(OnWhox, "354");
    }

    /// <summary>The WHOX token of the question about a whole channel; questions about one nick have others.</summary>
    public const string WhoxToken = "7";

    /// <summary>Called when a nick has passed from one hand to another, or to none, or its holder logged in or out.</summary>
    public Action<string> ChangedHands { get; set; } = _ => { };

    public bool IsBot(string nick) => Find(nick)?.IsBot ?? false;

    /// <summary>True where who spoke under the nick at that time may not be who holds it, or is no longer who they were.</summary>
    public bool HasChangedHands(string nick, TimeSpan since) => _history.HasChanged(nick, since);

    /// <summary>Our own marks in a channel, such as "@"; null where the server has not listed us.</summary>
    public string? OwnMarks(string channel) => In(channel)?.OwnMarks;

    /// <summary>Whether the server has shown somebody of that nick in the channel, who has not left since.</summary>
    public bool IsIn(string channel, string nick) => Find(nick) is { } member && In(channel) is { } room && room.Members.ContainsKey(member);

    /// <summary>Whether anybody but us is in the channel.</summary>
    public bool HasOthers(string channel) => In(channel) is { Members.Count: > 0 };

    public IrcMember? Snapshot(string nick) => Find(nick) is { } member ? Show(member) : null;

    /// <summary>Somebody in our channels spoke, and the line showed their account.</summary>
    public void Identify(string nick, string account)
    {
        if (Find(nick) is { } member)
        {
            member.Account = account;
        }
    }

    public void Enter(string channel) => _rooms[_state.CaseMapping.Fold(channel)] = new(channel);

    public void Leave(string channel)
    {
        if (!_rooms.Remove(_state.CaseMapping.Fold(channel), out var room))
        {
            return;
        }

        foreach (var member in room.Members.Keys)
        {
            Release(member);
        }
    }

    /// <summary>The connection is gone, and with it the sight of everybody.</summary>
    public void Close()
    {
        foreach (var member in _members.Values)
        {
            member.Stay.End();
        }
    }

    private Member? Find(string nick) => _members.GetValueOrDefault(_state.CaseMapping.Fold(nick));

    private Room? In(string name) => _rooms.GetValueOrDefault(_state.CaseMapping.Fold(name));

    private IrcMember Show(Member member)
    {
        var channels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var room in _rooms.Values)
        {
            if (room.Members.TryGetValue(member, out var marks))
            {
                channels[room.Name] = marks;
            }
        }

        return new(member.Nick, member.Stay)
        {
            UserHost = member.UserHost,
            Account = member.Account,
            IsAway = member.IsAway,
            IsBot = member.IsBot,
            Channels = channels,
        };
    }

    private void OnJoin(IrcMessage message)
    {
        var from = message.From;
        if (_state.IsMe(from.Nick) || !from.IsUser || In(message[0]) is not { } room)
        {
            return;
        }

        if (Add(room, from.Nick, "") is not { } member)
        {
            return;
        }

        member.UserHost = $"{from.User}@{from.Host}";
        // extended-join: channel account realname
        if (message.Params.Count > 1)
        {
            member.Account = IrcTags.IsPlain(message[1]) ? message[1] : null;
        }

        var isReturn = _netsplits.IsReturn(member.UserHost, member.Account, _state.Now) || _batches.IsIn(message, "netjoin");
        _state.Emit(new IrcEvent.MemberJoined(room.Name, Show(member), isReturn));
    }

    private void OnLeave(string channel, string nick)
    {
        if (_state.IsMe(nick) || In(channel) is not { } room || Find(nick) is not { } member)
        {
            return;
        }

        var before = Show(member);
        if (!room.Members.Remove(member))
        {
            return;
        }

        Release(member);
        _state.Emit(new IrcEvent.MemberParted(room.Name, before));
    }

    private void OnQuit(IrcMessage message)
    {
        var nick = message.From.Nick;
        if (_state.IsMe(nick))
        {
            return;
        }

        Pass(nick);
        if (Find(nick) is not { } member)
        {
            return;
        }

        var isSplit = _batches.IsIn(message, "netsplit") || Netsplits.IsReason(message.Last);
        if (isSplit)
        {
            _netsplits.Remember(member.UserHost, member.Account, _state.Now);
        }

        Drop(member, isSplit);
    }

    private void Drop(Member member, bool isSplit)
    {
        var before = Show(member);
        foreach (var room in _rooms.Values)
        {
            if (room.Members.Remove(member))
            {
                Release(member);
            }
        }

        _state.Emit(new IrcEvent.MemberQuit(before, isSplit));
    }

    private void OnNick(IrcMessage message)
    {
        var (old, now) = (message.From.Nick, message[0]);
        // The bot's own change is an event of the keeper of the nick.
        if (_state.IsMe(old) || _state.IsMe(now) || !IrcCommand.CanTarget(now))
        {
            return;
        }

        Pass(old);
        Pass(now);
        if (Find(old) is not { } member)
        {
            return;
        }

        // Its previous owner has gone unseen.
        if (Find(now) is { } gone && gone != member)
        {
            Drop(gone, isSplit: false);
        }

        var before = Show(member);
        _members.Remove(member.Stay.Key);
        member.Nick = now;
        Begin(member);
        _members[member.Stay.Key] = member;
        _state.Emit(new IrcEvent.MemberRenamed(before, Show(member)));
    }

    private void OnAccount(IrcMessage message)
    {
        Pass(message.From.Nick);
        if (Find(message.From.Nick) is not { } member)
        {
            return;
        }

        member.Account = IrcTags.IsPlain(message[0]) ? message[0] : null;
        _state.Emit(new IrcEvent.AccountChanged(Show(member)));
    }

    private void OnAway(IrcMessage message)
    {
        if (Find(message.From.Nick) is not { } member)
        {
            return;
        }

        member.IsAway = message.Last.Length > 0;
        _state.Emit(new IrcEvent.MemberAway(Show(member)));
    }

    private void Learn(IrcMessage message, Action<Member> learn)
    {
        if (Find(message.From.Nick) is { } member)
        {
            learn(member);
        }
    }

    /// <summary>Null where they were there already, or there is no room for more.</summary>
    private Member? Add(Room room, string nick, string marks)
    {
        var key = _state.CaseMapping.Fold(nick);
        if (_members.TryGetValue(key, out var member) && room.Members.ContainsKey(member))
        {
            if (marks.Length > 0)
            {
                room.Members[member] = marks;
            }

            return null;
        }
        if (_places >= MostMembers)
        {
            return null;
        }

        if (member is null)
        {
            _members[key] = member = new Member(nick, new Stay(nick, key));
        }

        room.Members[member] = marks;
        _places++;
        member.Channels++;
        return member;
    }

    // Whoever leaves one channel counts as gone: what they have proved, they prove again.
    private void Release(Member member)
    {
        _places--;
        Begin(member);
        if (--member.Channels == 0)
        {
            _members.Remove(_state.CaseMapping.Fold(member.Nick));
        }
    }

    private void Begin(Member member)
    {
        member.Stay.End();
        member.Stay = new Stay(member.Nick, _state.CaseMapping.Fold(member.Nick));
    }

    private void Pass(string nick)
    {
        _history.Add(nick);
        ChangedHands(nick);
    }

    // Two who differ no longer cannot both be there: the server counts them as one.
    private void Rekey()
    {
        var rooms = _rooms.Values.ToArray();
        _rooms.Clear();
        foreach (var room in rooms)
        {
            _rooms[_state.CaseMapping.Fold(room.Name)] = room;
        }

        var kept = new Dictionary<string, Member>(StringComparer.Ordinal);
        foreach (var member in _members.Values)
        {
            Begin(member);
            if (kept.TryAdd(member.Stay.Key, member))
            {
                continue;
            }

            foreach (var room in rooms)
            {
                if (room.Members.Remove(member))
                {
                    _places--;
                }
            }
        }
        _members = kept;
    }
}

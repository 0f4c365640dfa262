namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Who is in the channels we are in: kept from JOIN to QUIT, filled by NAMES and WHO on our arrival. What it knows of accounts is
/// for display; rights come from elsewhere.
/// </summary>
internal sealed class Roster
{
    private const int MostMembers = 100_000;
    private static readonly TimeSpan DepartureMemory = TimeSpan.FromSeconds(5);

    private readonly LinkState _state;
    private readonly Netsplits _netsplits;
    private Dictionary<string, Member> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Room> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _departed = new(StringComparer.Ordinal);
    private readonly Queue<(string Nick, TimeSpan At)> _departures = new();
    private int _places;

    public Roster(LinkState state, VerbTable verbs, Netsplits netsplits)
    {
        (_state, _netsplits) = (state, netsplits);
        state.CaseMappingChanged += Rekey;
        verbs.On(OnJoin, "JOIN");
        verbs.On(m => OnLeave(m[0], m.From.Nick), "PART");
        verbs.On(m => OnLeave(m[0], m[1]), "KICK");
        verbs.On(OnQuit, "QUIT");
        verbs.On(OnNick, "NICK");
        verbs.On(OnAccount, "ACCOUNT");
        verbs.On(OnChangedHost, "CHGHOST");
        verbs.On(OnNames, "353");
        verbs.On(OnWho, "352");
        verbs.On(OnWhox, "354");
    }

    /// <summary>The WHOX token of the question about a whole channel; questions about one nick have others.</summary>
    public const string WhoxToken = "7";

    /// <summary>Called when a nick has passed from one hand to another, or to none.</summary>
    public Action<string> Departed { get; set; } = _ => { };

    public bool IsBot(string nick) => Find(nick)?.IsBot ?? false;

    /// <summary>True where the nick was given up a moment ago: who spoke under it may not be who holds it.</summary>
    public bool DepartedLately(string nick) =>
        _departed.TryGetValue(_state.CaseMapping.Fold(nick), out var at) && _state.Now - at <= DepartureMemory;

    public void Enter(string channel) => _channels[_state.CaseMapping.Fold(channel)] = new(channel, []);

    public void Leave(string channel)
    {
        if (!_channels.Remove(_state.CaseMapping.Fold(channel), out var room)) return;
        foreach (var member in room.Members) Release(member);
    }

    private Member? Find(string nick) => _members.GetValueOrDefault(_state.CaseMapping.Fold(nick));

    private void OnJoin(IrcMessage message)
    {
        var from = message.From;
        if (_state.IsMe(from.Nick) || !from.IsUser || In(message[0]) is not { } room) return;
        var account = message.Params.Count > 1 && IrcTags.IsPlain(message[1]) ? message[1] : null;
        if (Add(room, from.Nick) is not { } member) return;
        member.Account = account ?? member.Account;
        _state.Emit(new IrcEvent.MemberJoined(
            room.Name, from.Nick, $"{from.User}@{from.Host}", member.Account, _netsplits.IsReturn(message), member.IsBot));
    }

    private void OnNames(IrcMessage message)
    {
        if (In(message[2]) is not { } room) return;
        foreach (var name in message.Last.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var nick = IrcSource.Parse(name.TrimStart([.. _state.Isupport.PrefixMarks])).Nick;
            if (!_state.IsMe(nick) && IrcCommand.CanTarget(nick) && Add(room, nick) is not null)
                _state.Emit(new IrcEvent.MemberPresent(room.Name, nick));
        }
    }

    // RPL_WHOREPLY: me channel user host server nick flags
    private void OnWho(IrcMessage message) =>
        Describe(message[1], message[5], $"{message[2]}@{message[3]}", message[6], account: null);

    // RPL_WHOSPCRPL to %tcuhnfar: me token channel user host nick flags account realname
    private void OnWhox(IrcMessage message)
    {
        if (message[1] == WhoxToken && message.Params.Count >= 8)
            Describe(message[2], message[5], $"{message[3]}@{message[4]}", message[6], message[7]);
    }

    private void Describe(string channel, string nick, string userHost, string flags, string? account)
    {
        if (_state.IsMe(nick) || In(channel) is not { } room || Find(nick) is not { } member) return;
        if (_state.Isupport.BotMode is { } letter) member.IsBot = flags.Contains(letter);
        if (account is not null) member.Account = account != "0" && IrcTags.IsPlain(account) ? account : null;
        _state.Emit(new IrcEvent.MemberDescribed(room.Name, member.Nick, userHost, member.Account, member.IsBot));
    }

    private void OnLeave(string channel, string nick)
    {
        if (_state.IsMe(nick) || In(channel) is not { } room || Find(nick) is not { } member) return;
        if (!room.Members.Remove(member)) return;
        Release(member);
        _state.Emit(new IrcEvent.MemberParted(room.Name, nick));
    }

    private void OnQuit(IrcMessage message)
    {
        var nick = message.From.Nick;
        if (_state.IsMe(nick)) return;
        Depart(nick);
        if (Find(nick) is not { } member) return;
        foreach (var room in _channels.Values)
            if (room.Members.Remove(member)) Release(member);
        var isSplit = _netsplits.IsSplit(message);
        if (isSplit) _netsplits.Remember(nick);
        _state.Emit(new IrcEvent.MemberQuit(nick, isSplit));
    }

    private void OnNick(IrcMessage message)
    {
        var (old, now) = (message.From.Nick, message[0]);
        // The bot's own change is told by the keeper of the nick.
        if (_state.IsMe(old) || _state.IsMe(now) || !IrcCommand.CanTarget(now)) return;
        Depart(old);
        if (!_members.Remove(_state.CaseMapping.Fold(old), out var member)) return;
        member.Nick = now;
        _members[_state.CaseMapping.Fold(now)] = member;
        _state.Emit(new IrcEvent.NickChanged(old, now, IsOwn: false));
    }

    private void OnAccount(IrcMessage message)
    {
        if (Find(message.From.Nick) is not { } member) return;
        member.Account = IrcTags.IsPlain(message[0]) ? message[0] : null;
        _state.Emit(new IrcEvent.AccountChanged(member.Nick, member.Account));
    }

    private void OnChangedHost(IrcMessage message)
    {
        if (_state.IsMe(message.From.Nick)) _state.UserHost = $"{message[0]}@{message[1]}";
    }

    private Room? In(string name) => _channels.GetValueOrDefault(_state.CaseMapping.Fold(name));

    private Member? Add(Room room, string nick)
    {
        if (_places >= MostMembers) return null;
        var key = _state.CaseMapping.Fold(nick);
        if (!_members.TryGetValue(key, out var member)) _members[key] = member = new Member { Nick = nick };
        if (!room.Members.Add(member)) return null;
        _places++;
        member.Channels++;
        return member;
    }

    private void Release(Member member)
    {
        _places--;
        if (--member.Channels == 0) _members.Remove(_state.CaseMapping.Fold(member.Nick));
    }

    private void Depart(string nick)
    {
        while (_departures.TryPeek(out var oldest) && _state.Now - oldest.At > DepartureMemory)
            if (_departed.TryGetValue(_departures.Dequeue().Nick, out var at) && at == oldest.At) _departed.Remove(oldest.Nick);
        var key = _state.CaseMapping.Fold(nick);
        _departed[key] = _state.Now;
        _departures.Enqueue((key, _state.Now));
        Departed(nick);
    }

    private void Rekey()
    {
        _members = _members.Values.DistinctBy(m => _state.CaseMapping.Fold(m.Nick))
            .ToDictionary(m => _state.CaseMapping.Fold(m.Nick), StringComparer.Ordinal);
        var rooms = _channels.Values.ToArray();
        _channels.Clear();
        foreach (var room in rooms) _channels[_state.CaseMapping.Fold(room.Name)] = room;
    }

    private sealed record Room(string Name, HashSet<Member> Members);

    private sealed class Member
    {
        public required string Nick { get; set; }

        public string? Account { get; set; }

        public bool IsBot { get; set; }

        public int Channels { get; set; }
    }
}

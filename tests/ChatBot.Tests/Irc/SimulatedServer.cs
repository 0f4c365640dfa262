using System.Globalization;

namespace ChatBot.Tests.Irc;

/// <summary>
/// A whole IRC network as one client sees it: registration, channels and their modes, nicks, its own flood rule. It remembers what
/// the members of each channel saw, and of what the client cannot have had proof. It receives the time; it does nothing by itself.
/// What goes wrong is in <see cref="SimulatedFaults"/>.
/// </summary>
internal sealed class SimulatedServer(SimulatedProfile profile, Dice dice)
{
    private readonly PriorityQueue<Action, TimeSpan> _timers = new();
    private readonly Queue<(TimeSpan At, string Line)> _unread = new();
    private readonly Queue<(TimeSpan Due, string Line, List<Spoken>? Proves, string? Accuses)> _out = new();
    private readonly List<Spoken> _unproved = [];
    private readonly HashSet<string> _accused = [];
    private readonly HashSet<string> _caps = [];
    private double _tokens;
    private TimeSpan _filledAt;
    private TimeSpan _pingAt;
    private TimeSpan _latest;
    private bool _isNegotiating;
    private bool _hasUser;

    public SimulatedProfile Profile => profile;

    public TimeSpan Now { get; private set; }

    public Dictionary<string, Room> Rooms { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything that the members of a channel saw of the bot, in order.</summary>
    public List<Spoken> Said { get; } = [];

    /// <summary>
    /// Texts that were accepted, and how often the client could not know it: the connection died before the proof had reached it, or
    /// an error came that may have meant this line.
    /// </summary>
    public Dictionary<string, int> Unknowable { get; } = [];

    /// <summary>Texts that the server has refused at least once.</summary>
    public HashSet<string> Refused { get; } = [];

    public HashSet<string> TakenNicks { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string Nick { get; set; } = "";

    public bool IsOpen { get; private set; }

    public bool IsRegistered { get; private set; }

    public int Connections { get; private set; }

    public int FloodKills { get; private set; }

    /// <summary>How often NickServ has taken the nick back.</summary>
    public int Ghosts { get; private set; }

    // What the faults turn.
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(40);

    public bool IsDeaf { get; set; }

    public bool IsSilentNext { get; set; }

    public bool Refuses { get; set; }

    public int NickRefusals { get; set; }

    public int TooFast { get; set; }

    /// <summary>So many lines of channels are refused for themselves, by FAIL or 417.</summary>
    public int Dislikes { get; set; }

    /// <summary>Whether people take messages from nobody they have not accepted (user mode +g).</summary>
    public bool HasCallerId { get; set; }

    public bool IsIdentified { get; private set; }

    public string? Greeting { get; set; }

    public bool HasCap(string cap) => _caps.Contains(cap);

    public void After(TimeSpan wait, Action then) => _timers.Enqueue(then, Now + wait);

    /// <summary>When <see cref="Step"/> has something to do.</summary>
    public TimeSpan Next
    {
        get
        {
            var next = _timers.TryPeek(out _, out var timer) ? timer : TimeSpan.MaxValue;
            if (!IsOpen || IsDeaf)
            {
                return next;
            }

            if (_out.TryPeek(out var line) && line.Due < next)
            {
                next = line.Due;
            }

            if (_unread.TryPeek(out var first) && ReadAt(first.At) is var read && read < next)
            {
                next = read;
            }

            return IsRegistered && _pingAt < next ? _pingAt : next;
        }
    }

    public void Open(TimeSpan now)
    {
        (Now, IsOpen, IsRegistered, _hasUser, _isNegotiating, Nick) = (now, true, false, false, false, "");
        (IsDeaf, IsSilentNext) = (IsSilentNext, false);
        (_tokens, _filledAt) = (profile.Burst, now);
        Connections++;
        if (Greeting is { } greeting)
        {
            Close(greeting);
        }
    }

    /// <summary>The connection is gone: what is under way in either direction never arrives.</summary>
    public void Drop()
    {
        CannotKnow(_unproved);
        _unproved.Clear();
        _unread.Clear();
        _out.Clear();
        _caps.Clear();
        foreach (var room in Rooms.Values)
        {
            room.HasBot = false;
        }

        (IsOpen, IsRegistered, IsDeaf, IsIdentified) = (false, false, false, false);
    }

    public void Hear(string line, TimeSpan now)
    {
        if (IsOpen)
        {
            _unread.Enqueue((now + Latency, line));
        }
    }

    public void Step(TimeSpan now)
    {
        Now = now;
        while (_timers.TryPeek(out _, out var due) && due <= now)
        {
            _timers.Dequeue()();
        }

        if (!IsOpen)
        {
            return;
        }

        if (_unread.Where(u => u.At <= now).Sum(u => u.Line.Length + 2) > profile.MostQueuedBytes)
        {
            FloodKills++;
            Close("ERROR :Closing Link: (Excess Flood)");
        }
        while (IsOpen && !IsDeaf && _unread.TryPeek(out var next) && ReadAt(next.At) <= now)
        {
            Fill();
            _tokens--;
            Handle(_unread.Dequeue().Line);
        }
        if (!IsRegistered || IsDeaf || now < _pingAt)
        {
            return;
        }

        _pingAt = now + dice.Seconds(20, 40);
        Say("PING :" + dice.Below(1_000_000).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The lines that reach the client now. One that is read counts as proof from here on; null once the server has closed.</summary>
    public string? Take()
    {
        if (!_out.TryPeek(out var next) || next.Due > Now || IsDeaf)
        {
            return null;
        }

        _out.Dequeue();
        if (next.Accuses is { } channel)
        {
            Accuse(channel);
        }

        if (next.Proves is { } proved)
        {
            _unproved.RemoveAll(proved.Contains);
        }

        if (next.Line.StartsWith("ERROR", StringComparison.Ordinal))
        {
            Drop();
        }

        return next.Line;
    }

    public void Say(string line, List<Spoken>? proves = null, string? accuses = null)
    {
        if (IsOpen && !IsDeaf)
        {
            _out.Enqueue((_latest = Latest(Now + Latency), line, proves, accuses));
        }
    }

    /// <summary>A line about the bot's own doing, from the bot.</summary>
    public void SayOwn(string rest) => Say($":{Nick}!bot@bot.example.org {rest}");

    public void Numeric(string numeric, string rest) => Say($":irc.test {numeric} {(Nick.Length == 0 ? "*" : Nick)} {rest}");

    public void Close(string error)
    {
        _unread.Clear();
        Say(error);
    }

    public void Enter(string channel)
    {
        RoomOf(channel).HasBot = true;
        SayOwn(_caps.Contains("extended-join") ? $"JOIN {channel} * :bot" : $"JOIN {channel}");
        Names(channel);
    }

    private void Names(string channel)
    {
        if (RoomOf(channel).HasBot)
        {
            Numeric("353", $"= {channel} :{Nick} @alice +bob");
        }

        Numeric("366", $"{channel} :End");
    }

    private void Whois(string nick)
    {
        Numeric("311", $"{nick} {(nick == Nick ? "bot bot.example.org" : "a h")} * :somebody");
        if (nick != Nick)
        {
            Numeric("330", $"{nick} {AccountOf(nick)} :is logged in as");
        }
        else if (Rooms.Any(r => r.Value.HasBot))
        {
            Numeric("319", $"{nick} :{string.Join(' ', Rooms.Where(r => r.Value.HasBot).Select(r => "?" + r.Key))}");
        }

        Numeric("318", $"{nick} :End");
    }

    public static string AccountOf(string nick) => nick + "-account";

    private void Who(string nick, string fields)
    {
        if (fields.StartsWith("%tuhna,", StringComparison.Ordinal))
        {
            Numeric("354", $"{fields[7..]} a h {nick} {AccountOf(nick)}");
        }

        Numeric("315", $"{nick} :End");
    }

    private void AskNickServ(string[] words)
    {
        if (words[0] == "IDENTIFY")
        {
            IsIdentified = true;
        }

        if (words[0] == "IDENTIFY")
        {
            Numeric("900", $"{Nick}!bot@bot.example.org globot :You are now logged in");
        }

        if (words[0] == "REGAIN")
        {
            Say($":NickServ!s@services. NOTICE {Nick} :Invalid command. Use /msg NickServ help for a command listing.");
        }

        if (words[0] != "GHOST" || !IsIdentified || !TakenNicks.Remove(words[1]))
        {
            return;
        }

        Say($":{words[1]}!x@y QUIT :Killed (NickServ (GHOST command used))");
        Ghosts++;
    }

    // The key of the root channel is set, and shown to nobody.
    private string ModesOf(string channel) =>
        string.Concat(RoomOf(channel).Modes.Order()) + (channel.EndsWith("-root", StringComparison.Ordinal) ? "k *" : "");

    public Room RoomOf(string channel) => Rooms.TryGetValue(channel, out var room) ? room : Rooms[channel] = new Room();

    private void CannotKnow(IEnumerable<Spoken> lines)
    {
        foreach (var spoken in lines)
        {
            Unknowable[spoken.Text] = Unknowable.GetValueOrDefault(spoken.Text) + 1;
        }
    }

    private void Accuse(string channel)
    {
        CannotKnow(_unproved.Where(u => u.Channel == channel));
        foreach (var (_, line) in _unread)
        {
            if (line.IndexOf($" {channel} :", StringComparison.Ordinal) is var at and >= 0)
            {
                _accused.Add(line[(at + channel.Length + 3)..]);
            }
        }
    }

    private TimeSpan Latest(TimeSpan due) => _latest > due ? _latest : due;

    private void Fill()
    {
        _tokens = Math.Min(profile.Burst, _tokens + ((Now - _filledAt).TotalSeconds * profile.PerSecond));
        _filledAt = Now;
    }

    private TimeSpan ReadAt(TimeSpan arrived)
    {
        Fill();
        var free = _tokens >= 1 - 1e-9 ? Now : Now + TimeSpan.FromSeconds((1 - _tokens) / profile.PerSecond);
        return arrived > free ? arrived : free;
    }

    private void Handle(string line)
    {
        var label = "";
        if (line[0] == '@')
        {
            (label, line) = (line[..(line.IndexOf(' ', StringComparison.Ordinal) + 1)], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        }

        var (head, last) = line.IndexOf(" :", StringComparison.Ordinal) is var at and >= 0 ? (line[..at], line[(at + 2)..]) : (line, null);
        var words = head.Split(' ');
        string Word(int i) => i < words.Length ? words[i] : last ?? "";
        switch (words[0])
        {
            case "CAP": Cap(Word(1), Word(2)); break;
            case "NICK": ChangeNick(Word(1)); break;
            case "USER": _hasUser = true; break;
            case "AUTHENTICATE": Authenticate(Word(1)); break;
            case "PING": Say($":irc.test PONG irc.test :{Word(1)}", Word(1).StartsWith("said-", StringComparison.Ordinal) ? [.. _unproved] : null); break;
            case "QUIT": Close("ERROR :Closing Link: (Quit)"); break;
            case "JOIN" when IsRegistered: Join(Word(1).Split(','), Word(2).Split(',')); break;
            case "PART" when IsRegistered: Part(Word(1)); break;
            case "PRIVMSG" or "NOTICE" when IsRegistered: Talk(words[0], Word(1), last ?? "", label); break;
            case "MODE" when words.Length == 2: Numeric("324", $"{Word(1)} +{ModesOf(Word(1))}"); break;
            case "NAMES" when IsRegistered: Names(Word(1)); break;
            case "WHO": Who(Word(1), Word(2)); break;
            case "WHOIS" when IsRegistered: Whois(Word(1)); break;
            case "PRIVMSG" when profile.HasServices && IsRegistered && Word(1) == "NickServ": AskNickServ((last ?? "").Split(' ')); break;
            case "MONITOR": Numeric(TakenNicks.Contains(Word(2)) ? "730" : "731", ":" + Word(2)); break;
        }
        Welcome();
    }

    private void Cap(string verb, string names)
    {
        if (verb == "LS")
        {
            _isNegotiating = true;
        }

        if (verb == "LS")
        {
            Say($":irc.test CAP * LS :{profile.Caps}");
        }

        if (verb == "REQ" && names.Split(' ').All(n => profile.Caps.Contains(n, StringComparison.Ordinal)))
        {
            _caps.UnionWith(names.Split(' '));
            Say($":irc.test CAP * ACK :{names}");
        }
        else if (verb == "REQ")
        {
            Say($":irc.test CAP * NAK :{names}");
        }

        if (verb == "END")
        {
            _isNegotiating = false;
        }
    }

    private void Authenticate(string data)
    {
        if (data == "PLAIN")
        {
            Say("AUTHENTICATE +");
        }
        else
        {
            Numeric("903", ":SASL authentication successful");
        }
    }

    private void ChangeNick(string nick)
    {
        if (NickRefusals > 0 || TakenNicks.Contains(nick))
        {
            NickRefusals = Math.Max(0, NickRefusals - 1);
            Numeric(dice.Of(["433", "433", "432", "436", "437"]), $"{nick} :Nickname is not for you");
            return;
        }
        if (IsRegistered)
        {
            SayOwn($"NICK :{nick}");
        }

        Nick = nick;
    }

    private void Welcome()
    {
        if (IsRegistered || !_hasUser || Nick.Length == 0 || _isNegotiating)
        {
            return;
        }

        IsRegistered = true;
        _pingAt = Now + dice.Seconds(20, 40);
        Numeric("001", ":Welcome");
        Numeric("005", $"{profile.Isupport} :are supported");
        Numeric("376", ":End of MOTD");
    }

    private void Join(string[] names, string[] keys)
    {
        for (var i = 0; i < names.Length; i++)
        {
            var room = RoomOf(names[i]);
            if (room.HasBot)
            {
                continue;
            }

            if (room.IsBanned)
            {
                Numeric("474", $"{names[i]} :Cannot join (+b)");
            }
            else if (room.Modes.Contains('i'))
            {
                Numeric("473", $"{names[i]} :Cannot join (+i)");
            }
            else if (room.Key is { } key && (i >= keys.Length || keys[i] != key))
            {
                Numeric("475", $"{names[i]} :Cannot join (+k)");
            }
            else
            {
                Enter(names[i]);
            }
        }
    }

    private void Part(string channel)
    {
        if (RoomOf(channel) is not { HasBot: true } room)
        {
            return;
        }

        room.HasBot = false;
        SayOwn($"PART {channel}");
    }

    private void Talk(string verb, string target, string text, string label)
    {
        if (!target.StartsWith('#'))
        {
            if (HasCallerId)
            {
                Numeric("716", $"{target} :is in +g mode (server-side ignore.)");
            }

            return;
        }
        if (Dislikes > 0)
        {
            Dislikes--;
            Refused.Add(text);
            Say($"{label}:irc.test {dice.Of([$"FAIL PRIVMSG CANNOT_SEND_RP {target} :No", $"417 {Nick} :Input line was too long"])}", accuses: label.Length == 0 ? target : null);
            return;
        }
        var room = RoomOf(target);
        var refusal = TooFast > 0 ? "439" : !room.HasBot || room.Modes.Contains('m') ? "404" : room.Modes.Contains('r') ? "477" : null;
        if (refusal is not null)
        {
            TooFast = Math.Max(0, TooFast - 1);
            Refused.Add(text);
            // Without a label the client cannot know which of the lines on their way is meant.
            Say($"{label}:irc.test {refusal} {Nick} {target} :Cannot send to channel", accuses: label.Length == 0 ? target : null);
            return;
        }
        var spoken = new Spoken(Connections, target, text);
        Said.Add(spoken);
        _unproved.Add(spoken);
        if (_accused.Remove(text))
        {
            CannotKnow([spoken]);
        }

        if (_caps.Contains("echo-message"))
        {
            Say($"{label}:{Nick}!bot@bot.example.org {verb} {target} :{text}", [spoken]);
        }
    }

    public sealed record Spoken(int Connection, string Channel, string Text);

    public sealed class Room
    {
        public bool HasBot { get; set; }

        public HashSet<char> Modes { get; } = [.. "nst"];

        public string? Key { get; set; }

        public bool IsBanned { get; set; }
    }
}

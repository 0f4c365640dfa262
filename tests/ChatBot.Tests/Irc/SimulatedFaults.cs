using System.Globalization;

namespace ChatBot.Tests.Irc;

/// <summary>What may go wrong with a <see cref="SimulatedServer"/>, one thing after the other as the dice fall.</summary>
internal sealed class SimulatedFaults
{
    private static readonly string[] Errors =
    [
        "ERROR :Closing Link: globot[bot.example.org] (Ping timeout: 121 seconds)", "ERROR :Server shutting down", "ERROR",
        "ERROR :Closing Link: (Killed (oper (spam)))", "ERROR :Closing Link: (Trying to reconnect too fast.)",
        "ERROR :Closing link: (Connection reset by peer) [é]", "ERROR :Closing Link: globot[bot.example.org] (Excess Flood)",
    ];

    private readonly SimulatedServer _server;
    private readonly Dice _dice;
    private readonly IReadOnlyList<string> _channels;
    private readonly Dictionary<string, Action> _all;
    private readonly string[] _names;

    public SimulatedFaults(SimulatedServer server, Dice dice, IReadOnlyList<string> channels, params ReadOnlySpan<string> without)
    {
        (_server, _dice, _channels) = (server, dice, channels);
        _all = new()
        {
            ["drop"] = server.Drop,
            ["half-open"] = () => server.IsDeaf = true,
            ["deaf next time"] = () => (server.IsSilentNext, _) = (true, 0),
            ["error"] = () => server.Close(_dice.Of(Errors)),
            ["late"] = Late,
            ["kick"] = Kick,
            ["ban"] = Ban,
            ["lost without a word"] = () => AnyRoom(out _).HasBot = false,
            ["lines disliked"] = () => server.Dislikes = server.Profile.Caps.Contains("standard-replies", StringComparison.Ordinal) ? 1 + dice.Below(3) : 0,
            ["caller id"] = () => server.HasCallerId = !server.HasCallerId,
            ["modes that keep out"] = KeepOut,
            ["modes that silence"] = Silence,
            ["too fast"] = () => server.TooFast = 1 + dice.Below(3),
            ["k-line"] = KLine,
            ["split"] = Split,
            ["another nick"] = Rename,
            ["nick refusals"] = () => server.NickRefusals = dice.Below(14),
            ["capabilities go and come"] = Recap,
            ["another isupport"] = Resupport,
            ["garbage"] = Garbage,
            ["said twice"] = Repeat,
            ["dragged"] = () => server.SayOwn("JOIN #elsewhere" + dice.Below(9)),
            ["refused"] = Refuse,
            ["pings"] = () => Times(8, i => server.Say($"PING :burst-{i}")),
            ["invited"] = () => Times(5, i => server.Say($":alice!a@h INVITE {server.Nick} {_dice.Of(_channels)}{(i % 2 == 0 ? "" : "x")}")),
        };
        foreach (var name in without)
        {
            if (!_all.Remove(name))
            {
                throw new ArgumentException(name, nameof(without));
            }
        }

        _names = [.. _all.Keys];
    }

    public Dictionary<string, int> Injected { get; } = [];

    /// <summary>While the server refuses nobody and nothing, as after a bad night.</summary>
    public void Heal()
    {
        (_server.Latency, _server.Refuses, _server.NickRefusals, _server.TooFast) = (TimeSpan.FromMilliseconds(40), false, 0, 0);
        (_server.Greeting, _server.IsSilentNext, _server.Dislikes) = (null, false, 0);
        _server.TakenNicks.Clear();
        foreach (var room in _server.Rooms.Values)
        {
            (room.IsBanned, room.Key) = (false, null);
            foreach (var letter in "imr")
            {
                room.Modes.Remove(letter);
            }
        }
    }

    public void Strike()
    {
        // A ban of the network rests for ten minutes: rarely.
        var name = _dice.Of(_names);
        if (name == "k-line" && !_dice.OneIn(6))
        {
            name = "drop";
        }

        if (!_all.TryGetValue(name, out var fault))
        {
            return;
        }

        Injected[name] = Injected.GetValueOrDefault(name) + 1;
        fault();
    }

    private static void Times(int count, Action<int> act)
    {
        for (var i = 0; i < count; i++)
        {
            act(i);
        }
    }

    private SimulatedServer.Room AnyRoom(out string channel) => _server.RoomOf(channel = _dice.Of(_channels));

    private void Late()
    {
        _server.Latency = _dice.Seconds(0.3, 8);
        _server.After(_dice.Seconds(5, 40), () => _server.Latency = TimeSpan.FromMilliseconds(40));
    }

    private void Kick()
    {
        if (AnyRoom(out var channel) is not { HasBot: true } room)
        {
            return;
        }

        room.HasBot = false;
        _server.Say($":oper!o@h KICK {channel} {_server.Nick} :out");
    }

    private void Ban()
    {
        var room = AnyRoom(out _);
        room.IsBanned = true;
        Kick();
        _server.After(_dice.Seconds(20, 120), () => room.IsBanned = false);
    }

    private void KeepOut()
    {
        var room = AnyRoom(out var channel);
        if (_dice.OneIn(2))
        {
            room.Modes.Add('i');
        }
        else
        {
            room.Key = "other";
        }

        if (room.HasBot)
        {
            _server.Say($":oper!o@h MODE {channel} {(room.Key is null ? "+i" : "+k other")}");
        }

        _server.After(_dice.Seconds(20, 120), () => (room.Key, _) = (null, room.Modes.Remove('i')));
    }

    private void Silence()
    {
        var room = AnyRoom(out var channel);
        var letter = _dice.Of("mr".ToCharArray());
        room.Modes.Add(letter);
        if (room.HasBot)
        {
            _server.Say($":oper!o@h MODE {channel} +{letter}");
        }

        _server.After(_dice.Seconds(5, 60), () =>
        {
            room.Modes.Remove(letter);
            if (room.HasBot)
            {
                _server.Say($":oper!o@h MODE {channel} -{letter}");
            }
        });
    }

    private void KLine()
    {
        _server.Greeting = "ERROR :Closing Link: (K-Lined)";
        _server.Close("ERROR :Closing Link: (K-Lined)");
        _server.After(_dice.Seconds(30, 300), () => _server.Greeting = null);
    }

    private void Split()
    {
        var channel = _dice.Of(_channels);
        Times(500, i => _server.Say($":n{i}!u@h{i}.example.org JOIN {channel}"));
        Times(500, i => _server.Say($":n{i}!u@h{i}.example.org QUIT :irc.a.example irc.b.example"));
        _server.After(_dice.Seconds(1, 60), () => Times(500, i => _server.Say($":n{i}!u@h{i}.example.org JOIN {channel}")));
    }

    private void Rename()
    {
        if (!_server.IsRegistered)
        {
            return;
        }

        var (old, now) = (_server.Nick, "Guest" + _dice.Below(99_999).ToString(CultureInfo.InvariantCulture));
        _server.SayOwn($"NICK :{now}");
        _server.Nick = now;
        _server.TakenNicks.Add(old);
        _server.After(_dice.Seconds(5, 120), () =>
        {
            _server.TakenNicks.Remove(old);
            if (_server.IsOpen)
            {
                _server.Say($":{old}!x@y QUIT :gone");
            }
        });
    }

    private void Recap()
    {
        if (!_server.HasCap("cap-notify"))
        {
            return;
        }

        var gone = _dice.Of(["account-tag", "server-time", "batch"]);
        _server.Say($":irc.test CAP {_server.Nick} DEL :{gone}");
        _server.After(_dice.Seconds(1, 10), () => _server.Say($":irc.test CAP {_server.Nick} NEW :{gone}"));
    }

    private void Resupport()
    {
        if (_server.IsRegistered)
        {
            _server.Numeric("005", _dice.Of(["CASEMAPPING=rfc1459", "CASEMAPPING=ascii", "-WHOX", "PREFIX=(o)@", "NICKLEN=-5 MODES=abc", "TOKEN"]) + " :are supported");
        }
    }

    private void Garbage() => Times(30, i =>
    {
        var bytes = Enumerable.Range(0, _dice.Below(80)).Select(_ => (char)(32 + _dice.Below(200)));
        var numeric = _dice.Below(1000).ToString("000", CultureInfo.InvariantCulture);
        // Numerics that would truly end the session or refuse a line are faults of their own.
        var known = numeric is "001" or "439" or "465" or "464" or "730" or "731" || numeric[0] == '4' || numeric[0] == '9';
        _server.Say(i % 2 == 0 || known ? "\u00ff" + string.Concat(bytes) : $":irc.test {numeric} {_server.Nick}");
    });

    private void Repeat()
    {
        if (!_server.IsRegistered)
        {
            return;
        }

        _server.Numeric("001", ":Welcome again");
        foreach (var (name, room) in _server.Rooms)
        {
            if (room.HasBot)
            {
                _server.SayOwn("JOIN " + name);
            }
        }
    }

    private void Refuse()
    {
        _server.Refuses = true;
        if (_dice.OneIn(2))
        {
            _server.Drop();
        }

        _server.After(_dice.Seconds(5, 60), () => _server.Refuses = false);
    }
}

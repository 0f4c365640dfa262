using System.Globalization;
using ChatBot.Core.Irc;
using ChatBot.Core.Irc.Session;
using ChatBot.Irc;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>
/// A session and a <see cref="SimulatedServer"/> in one loop over fake time: alerts are said all the while as the speaker says
/// them, six of a channel at most, and again where they were not delivered.
/// </summary>
internal sealed class SessionStorm
{
    /// <summary>What answers in a channel begin with; they may be lost.</summary>
    public const string Answers = "answer ";

    private const int Window = 6;
    private static readonly TimeSpan PongTime = TimeSpan.FromSeconds(1);

    private readonly Dice _dice;
    private readonly WatchedSession _watched;
    private readonly FakeTimeProvider _time = new();
    private readonly ReconnectRules _reconnect;
    private readonly Dictionary<string, TimeSpan> _pings = [];
    private readonly Dictionary<long, (Voice Voice, string Text)> _flying = [];
    private readonly List<Voice> _voices;
    private TimeSpan _connectAt;
    private bool _isConnected;
    private int _alerts;

    public SessionStorm(SimulatedProfile profile, ulong seed, params ReadOnlySpan<string> without)
    {
        _dice = new Dice(seed);
        Options = new("globot", [new("#globenet"), new("#globenet-root", ChatBot.Core.Text.Audience.Root, "k3y")])
        {
            Sasl = profile.Caps.Contains("sasl", StringComparison.Ordinal) ? new(SaslMechanism.Plain, "globot", "pass") : null,
            Services = profile.HasServices ? new("NickServ", "ChanServ", "globot", "s3cret") : null,
        };
        Server = new SimulatedServer(profile, _dice);
        _voices = [.. Options.Channels.Select(c => new Voice(c.Name))];
        Faults = new SimulatedFaults(Server, _dice, [.. _voices.Select(v => v.Channel)], without);
        _reconnect = new ReconnectRules(_time, _dice.Next);
        _watched = new WatchedSession(Options, _dice.Next) { Wrote = Write, Happened = See };
        _connectAt = _watched.Now;
    }

    public IrcSessionOptions Options { get; }

    public SimulatedServer Server { get; }

    public SimulatedFaults Faults { get; }

    public IrcSession Session => _watched.Session;

    public List<(TimeSpan At, TimeSpan Wait)> Tries { get; } = [];

    public int Steps { get; private set; }

    /// <summary>The last lines of both sides, for who has to find out.</summary>
    public Queue<string> Trace { get; } = new();

    public IEnumerable<string> Alerts(string channel) => Enumerable.Range(1, _alerts).Select(n => $"alert {n} {channel}");

    /// <summary>How often the server said who had given a command.</summary>
    public int Known { get; private set; }

    public int Pending => _voices.Sum(v => v.Pending.Count);

    /// <summary>Half an hour of faults and talk, and then a calm one until everything is well again.</summary>
    public void Run()
    {
        var start = _watched.Now;
        var (strikeAt, alertAt) = (start + _dice.Seconds(5, 20), start);
        while (_watched.Now < start + TimeSpan.FromMinutes(30))
        {
            Pass(Earliest(strikeAt, alertAt));
            if (_watched.Now >= alertAt)
            {
                _alerts++;
                foreach (var voice in _voices)
                {
                    voice.Pending.Add($"alert {_alerts} {voice.Channel}");
                }

                if (_dice.OneIn(3))
                {
                    Converse();
                }

                alertAt += _dice.OneIn(4) ? _dice.Seconds(0, 0.5) : _dice.Seconds(1, 12);
            }
            if (_watched.Now < strikeAt)
            {
                continue;
            }

            if (Server.IsOpen)
            {
                Faults.Strike();
            }

            strikeAt = _watched.Now + _dice.Seconds(1, 15);
        }
        Faults.Heal();
        Wait(TimeSpan.FromHours(3));
    }

    public void Wait(TimeSpan time)
    {
        var end = _watched.Now + time;
        while (_watched.Now < end)
        {
            Pass(end);
        }
    }

    // Somebody gives a command, and is answered in the channel and in private.
    private void Converse()
    {
        if (!_isConnected || Session.ShouldClose)
        {
            return;
        }

        _watched.Ask("alice");
        _watched.Say("alice", "answer", SayKind.Privmsg, SayPriority.Reply);
        _watched.Say(_dice.Of(_voices).Channel, Answers + _alerts, SayKind.Privmsg, SayPriority.Reply);
    }

    private static TimeSpan Earliest(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void Pass(TimeSpan atMost)
    {
        Assert.InRange(++Steps, 0, 500_000);
        var next = Earliest(atMost, Server.Next);
        next = Earliest(next, _isConnected ? Session.NextTick ?? TimeSpan.MaxValue : _connectAt);
        foreach (var voice in _voices)
        {
            if (CanSay(voice))
            {
                next = Earliest(next, voice.RetryAt);
            }
        }

        if (next > _watched.Now)
        {
            _watched.Now = next;
        }

        Server.Step(_watched.Now);
        if (!_isConnected)
        {
            Connect();
        }
        else
        {
            Serve();
        }
    }

    private void Connect()
    {
        if (_watched.Now < _connectAt)
        {
            return;
        }

        if (Server.Refuses)
        {
            Wait(CloseCause.Lost, TimeSpan.Zero);
            return;
        }
        _isConnected = true;
        Server.Open(_watched.Now);
        _watched.Connect();
    }

    private void Serve()
    {
        while (Server.Take() is { } line)
        {
            if (line.StartsWith("PING ", StringComparison.Ordinal))
            {
                _pings[line[6..]] = _watched.Now + PongTime;
            }

            Note("<", line);
            _watched.Receive(line);
        }
        if (Session.NextTick is { } due && due <= _watched.Now)
        {
            _watched.Tick();
        }

        foreach (var voice in _voices)
        {
            if (CanSay(voice) && voice.RetryAt <= _watched.Now)
            {
                SayNext(voice);
            }
        }

        Assert.DoesNotContain(_pings, p => p.Value < _watched.Now);
        if (!Session.ShouldClose && Server.IsOpen)
        {
            return;
        }

        if (Server.IsOpen)
        {
            Server.Drop();
        }

        _pings.Clear();
        _isConnected = false;
        var (cause, registeredFor) = _watched.Lose();
        Wait(cause, registeredFor);
    }

    private void Wait(CloseCause cause, TimeSpan registeredFor)
    {
        _time.SetUtcNow(_time.Start + _watched.Now);
        var wait = _reconnect.Next(cause, registeredFor);
        Tries.Add((_watched.Now, wait));
        _connectAt = _watched.Now + wait;
    }

    private bool CanSay(Voice voice) => voice.Pending.Count > 0 && voice.Flying == 0 && Session.IsJoined(voice.Channel);

    private void SayNext(Voice voice)
    {
        var texts = voice.Pending.Take(Window).ToList();
        // Answers may come at once: the count must stand before.
        (voice.Flying, voice.Failed) = (texts.Count, false);
        foreach (var text in texts)
        {
            _watched.Say(voice.Channel, text, id => _flying[id] = (voice, text));
        }
    }

    private void Note(string mark, string line)
    {
        Trace.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{_watched.Now.TotalSeconds:F2} {mark} {line}"));
        if (Trace.Count > 40)
        {
            Trace.Dequeue();
        }
    }

    private void Write(string line)
    {
        Note(">", line);
        if (line.StartsWith("PONG :", StringComparison.Ordinal))
        {
            _pings.Remove(line[6..]);
        }

        Server.Hear(line, _watched.Now);
    }

    private void See(IrcEvent happened)
    {
        if (happened is not (IrcEvent.MemberJoined or IrcEvent.MemberQuit))
        {
            Note("*", happened.ToString());
        }

        switch (happened)
        {
            case IrcEvent.Joined joined: _voices.Single(v => v.Channel == joined.Channel).RetryAt = _watched.Now; break;
            case IrcEvent.AccountAnswer { Account: { } account }:
                Assert.Equal(SimulatedServer.AccountOf("alice"), account);
                Known++;
                break;
            case IrcEvent.Delivered { Id: var id }: Answer(id, isSaid: true); break;
            case IrcEvent.Refused { Id: var id }: Answer(id, isSaid: false); break;
            case IrcEvent.Unconfirmed { Id: var id }: Answer(id, isSaid: false); break;
        }
    }

    private void Answer(long id, bool isSaid)
    {
        if (!_flying.Remove(id, out var what))
        {
            return;
        }

        var (voice, text) = what;
        if (isSaid)
        {
            Assert.True(Server.Said.Any(h => h.Channel == voice.Channel && h.Text == text), $"reported as delivered, and nobody saw it: {text}");
            voice.Pending.Remove(text);
        }
        voice.Failed |= !isSaid;
        if (--voice.Flying == 0)
        {
            voice.RetryAt = voice.Failed ? _watched.Now + TimeSpan.FromSeconds(5) : _watched.Now;
        }
    }

    private sealed class Voice(string channel)
    {
        public string Channel => channel;

        public List<string> Pending { get; } = [];

        public int Flying { get; set; }

        public bool Failed { get; set; }

        public TimeSpan RetryAt { get; set; }
    }
}

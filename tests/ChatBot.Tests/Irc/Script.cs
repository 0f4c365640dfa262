using System.Globalization;
using System.Text;
using ChatBot.Core.Irc;
using ChatBot.Core.Irc.Session;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>
/// A conversation with a server, line by line. <c>&gt;</c> a line that we must write next; <c>&lt;</c> a line of the server;
/// <c>*</c> an event that must come next (the beginning of its text);
/// <c>~ 5</c> so many seconds pass; <c>say 1 #chan text</c>, <c>reply 1 nick text</c>, <c>ask nick</c> (who said the last thing under it),
/// <c>answer 1 nick text</c> (for the eyes of who did), <c>respond 1 nick text</c> (in #globenet, to who did),
/// <c>connect</c> (<c>connect clear</c> without TLS), <c>quit</c>, <c>lost</c>,
/// <c>takeover</c> are what our side does. At the end neither a line nor an event may be left over, save those of a kind that the test ignores.
/// </summary>
internal sealed class Script
{
    public static readonly IrcSessionOptions Options = new("globot", [new("#globenet")]);

    private readonly Queue<string> _lines = new();
    private readonly Queue<IrcEvent> _events = new();
    private long _asked;
    private Func<IrcEvent, bool> _isIgnored = _ => false;

    public Script(IrcSessionOptions? options = null, double jitter = 0) =>
        Session = new IrcSession(options ?? Options, () => jitter, () => "rOprNGfwEbeRWgbNEkqO");

    public IrcSession Session { get; }

    public TimeSpan Now { get; private set; } = TimeSpan.FromHours(1);

    /// <summary>Everything that was written, in order, whether asked for or not.</summary>
    public List<(TimeSpan At, string Line)> Written { get; } = [];

    public List<IrcEvent> Happened { get; } = [];

    /// <summary>A session that is in #globenet on a server with these capabilities, with a full burst to write.</summary>
    public static Script InChannel(string caps = "", string isupport = "CASEMAPPING=rfc1459", IrcSessionOptions? options = null)
    {
        var script = new Script(options);
        script.Run("connect");
        if (caps.Length > 0)
        {
            script.Play($"< CAP * LS :{caps}", $"< CAP * ACK :{caps}");
        }

        script.Play(
            "< :irc.example.org 001 globot :Welcome", $"< :irc.example.org 005 globot {isupport} :are supported",
            "< :globot!bot@bot.example.org JOIN #globenet", "< :irc.example.org 366 globot #globenet :End");
        script.Advance(20);
        script.Forget();
        return script;
    }

    /// <summary>Events of this kind need not be in the script, and may not be.</summary>
    public Script Ignoring<T>() where T : IrcEvent
    {
        var others = _isIgnored;
        _isIgnored = happened => happened is T || others(happened);
        return this;
    }

    public void Run(string script) =>
        Play(script.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    public void RunToEnd(string script)
    {
        Run(script);
        Assert.Empty(_lines);
        Assert.Empty(_events);
    }

    public void Play(params ReadOnlySpan<string> steps)
    {
        foreach (var step in steps)
        {
            Step(step);
        }
    }

    /// <summary>Lets time pass as the dispatcher would: each timer at its moment.</summary>
    public void Advance(double seconds)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        while (Session.NextTick is { } next && next <= end && !Session.ShouldClose)
        {
            if (next > Now)
            {
                Now = next;
            }

            Session.Tick(Now);
            Take();
        }
        Now = end;
        Session.Tick(Now);
        Take();
    }

    public void Forget()
    {
        _lines.Clear();
        _events.Clear();
        Written.Clear();
        Happened.Clear();
    }

    private void Step(string step)
    {
        var (word, rest) = step.IndexOf(' ') is var space and > 0 ? (step[..space], step[(space + 1)..]) : (step, "");
        var words = rest.Split(' ', 3);
        switch (word)
        {
            case ">": Assert.Equal(rest, _lines.TryDequeue(out var line) ? line : null); break;
            case "*": Assert.StartsWith(rest, _events.TryDequeue(out var happened) ? happened.ToString() : "", StringComparison.Ordinal); break;
            case "<": Session.Receive(Encoding.UTF8.GetBytes(rest), Now); break;
            case "~": Advance(double.Parse(rest, CultureInfo.InvariantCulture)); break;
            case "connect": Session.Connected(isSecure: rest != "clear", Now); break;
            case "takeover": Session.TakeOver(Now); break;
            case "quit": Session.Quit("bye", Now); break;
            case "lost": Session.Disconnected("lost", Now); break;
            case "ask": Session.AskAccount(++_asked, Author(rest), Now); break;
            case "answer":
                Session.Say(
                    long.Parse(words[0], CultureInfo.InvariantCulture), words[1], words[2], SayKind.Privmsg, SayPriority.Reply, Now,
                    Author(words[1]));
                break;
            case "respond":
                Session.Say(
                    long.Parse(words[0], CultureInfo.InvariantCulture), "#globenet", words[2], SayKind.Privmsg, SayPriority.Reply, Now,
                    asker: Author(words[1]));
                break;
            case "say" or "reply" or "notice":
                Session.Say(
                    long.Parse(words[0], CultureInfo.InvariantCulture), words[1], words[2],
                    word == "notice" ? SayKind.Notice : SayKind.Privmsg, word == "say" ? SayPriority.Relay : SayPriority.Reply, Now);
                break;
            default: throw new ArgumentException($"No such step: {step}", nameof(step));
        }
        Take();
    }

    // Of the last thing that this nick said; of a command said just now, where the script does not show it.
    private IrcAuthor Author(string nick) =>
        Happened.OfType<IrcEvent.Message>().LastOrDefault(m => m.Nick == nick)?.Author ?? new(nick, $"{nick[0]}@h", Now);

    private void Take()
    {
        foreach (var line in Session.TakeLines())
        {
            _lines.Enqueue(line);
            Written.Add((Now, line));
        }
        foreach (var happened in Session.TakeEvents())
        {
            Happened.Add(happened);
            if (!_isIgnored(happened))
            {
                _events.Enqueue(happened);
            }
        }
    }
}

using System.Text;
using ChatBot.Core.Irc;
using ChatBot.Core.Irc.Session;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>
/// A session whose promises are checked after every call: which lines it writes and when, that every question has exactly one
/// answer, that its timers go forward, that secrets stay in their places. Tells time itself.
/// </summary>
internal sealed class WatchedSession(IrcSessionOptions options, Func<double> jitter)
{
    private const int MostQueued = 600;

    private readonly IrcSession _session = new(options, jitter, () => "rOprNGfwEbeRWgbNEkqO");
    private readonly HashSet<long> _said = [];
    private readonly HashSet<long> _asked = [];
    private readonly HashSet<string> _targets = new(StringComparer.Ordinal);
    private bool _isOpen;
    private bool _wasClosing;
    private long _lastId;

    public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

    public IrcSession Session => _session;

    /// <summary>Called with each line that is written, and with each event.</summary>
    public Action<string> Wrote { get; set; } = _ => { };

    public Action<IrcEvent> Happened { get; set; } = _ => { };

    public void Connect(bool isSecure = true)
    {
        (_isOpen, _wasClosing) = (true, false);
        _session.Connected(isSecure, Now);
        Check();
    }

    public void Receive(ReadOnlySpan<byte> line)
    {
        _session.Receive(line, Now);
        Check();
    }

    public void Receive(string line) => Receive(Encoding.UTF8.GetBytes(line));

    public void Tick()
    {
        _session.Tick(Now);
        Assert.True(_session.NextTick is not { } next || next > Now, "after a tick the next one is not later: a busy loop");
        Check();
    }

    /// <param name="target">Whom to.</param>
    /// <param name="text">What.</param>
    /// <param name="begin">Receives the id before anything can come of it.</param>
    public void Say(string target, string text, Action<long> begin) => Say(target, text, SayKind.Privmsg, SayPriority.Relay, begin);

    public void Say(string target, string text, SayKind kind, SayPriority priority, Action<long>? begin = null)
    {
        var id = ++_lastId;
        begin?.Invoke(id);
        _said.Add(id);
        _targets.Add(target);
        _session.Say(id, target, text, kind, priority, Now);
        Check();
    }

    public void Ask(string nick)
    {
        _asked.Add(++_lastId);
        _session.AskAccount(_lastId, new IrcAuthor(nick, "a@h", Now), Now);
        Check();
    }

    public void Quit()
    {
        _session.Quit("bye", Now);
        Check();
    }

    public (CloseCause Cause, TimeSpan RegisteredFor) Lose()
    {
        var end = _session.Disconnected("lost", Now);
        _isOpen = false;
        Check();
        Assert.Empty(_said);
        Assert.Empty(_asked);
        Assert.Null(_session.NextTick);
        return end;
    }

    private void Check()
    {
        var (lines, events) = (_session.TakeLines(), _session.TakeEvents());
        Assert.True(lines.Count == 0 || (_isOpen && !_wasClosing), "it writes though nobody is connected, or after its end");
        _wasClosing = _session.ShouldClose;
        foreach (var line in lines)
        {
            CheckLine(line);
        }

        foreach (var happened in events)
        {
            CheckEvent(happened);
        }

        Assert.InRange(_session.QueueLength, 0, MostQueued);
        foreach (var line in lines)
        {
            Wrote(line);
        }

        foreach (var happened in events)
        {
            Happened(happened);
        }
    }

    private void CheckLine(string line)
    {
        var bare = line[0] == '@' ? line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..] : line;
        Assert.InRange(Encoding.UTF8.GetByteCount(bare), 1, IrcCommand.MaxBytes);
        Assert.InRange(line.Length - bare.Length, 0, 4096);
        Assert.DoesNotContain(line, c => c == '\x7f' || (c < ' ' && c != '\x01'));
        var words = bare.Split(' ');
        if (words[0] == "JOIN")
        {
            CheckJoin(words);
        }

        if (words[0] is "PRIVMSG" or "NOTICE")
        {
            Assert.True(_targets.Contains(words[1]) || IsServices(words[1]) || bare.Contains(" :\x01", StringComparison.Ordinal), bare);
        }

        if (words[0] == "AUTHENTICATE")
        {
            CheckAuthenticate(words[1]);
        }

        Only(bare, options.ServerPassword, bare.StartsWith("PASS :", StringComparison.Ordinal));
        Only(bare, options.Sasl?.Password, false);
        Only(bare, options.Services?.Password, words[0] == "PRIVMSG" && IsServices(words[1]));
        foreach (var channel in options.Channels)
        {
            Only(bare, channel.Key, words[0] == "JOIN" || (words[0] == "MODE" && words[1] == channel.Name));
        }
    }

    private void CheckJoin(string[] words)
    {
        // The key of a channel may be one that the session has seen set, or none where it saw it removed.
        var (names, keys) = (words[1].Split(','), words.Length > 2 ? words[2].Split(',') : []);
        for (var i = 0; i < names.Length; i++)
        {
            Assert.Single(options.Channels, c => c.Name == names[i]);
            var key = i < keys.Length ? keys[i] : null;
            Assert.DoesNotContain(options.Channels, c => c.Name != names[i] && c.Key is not null && c.Key == key);
        }
    }

    private void CheckAuthenticate(string data)
    {
        var decoded = new byte[data.Length];
        if (!Convert.TryFromBase64String(data, decoded, out var length))
        {
            return;
        }

        var text = Encoding.UTF8.GetString(decoded, 0, length);
        foreach (var other in options.Channels.Select(c => c.Key).Append(options.ServerPassword).Append(options.Services?.Password))
        {
            Only(text, other, false);
        }
    }

    private bool IsServices(string target) =>
        options.Services is { } services && target.Split('@')[0] is var name && (name == services.NickServ || name == services.ChanServ);

    private static void Only(string line, string? secret, bool mayHere) =>
        Assert.True(mayHere || secret is null || !line.Contains(secret, StringComparison.Ordinal), "a secret is in " + line);

    private void CheckEvent(IrcEvent happened)
    {
        var isAnswerToUs = happened switch
        {
            IrcEvent.Delivered { Id: var id } => _said.Remove(id),
            IrcEvent.Refused { Id: var id } => _said.Remove(id),
            IrcEvent.Unconfirmed { Id: var id } => _said.Remove(id),
            IrcEvent.AccountAnswer { Id: var id } => _asked.Remove(id),
            _ => true,
        };
        Assert.True(isAnswerToUs, "answered twice, or never asked: " + happened);
    }
}

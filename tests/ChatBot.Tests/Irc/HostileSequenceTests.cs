using System.Text;
using ChatBot.Core.Irc;
using ChatBot.Core.Text;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>Any lines and calls in any order: <see cref="WatchedSession"/> judges.</summary>
public sealed class HostileSequenceTests
{
    private static readonly IrcSessionOptions Options = new(
        "globot", [new("#globenet"), new("#globenet-root", Audience.Root), new("#keyed", Audience.Root, "k3y-secret")])
    {
        ServerPassword = "server-secret",
        Sasl = new(SaslMechanism.Plain, "globot", "sasl-secret"),
        Services = new("NickServ", "ChanServ", "globot", "services-secret"),
    };

    // {me}, {said}, {label} and {token} stand for what the session has shown of itself.
    private static readonly Gen<string> Source = Of(
        "{me}!b@h", "{me}!b@h", "{me}", "alice!a@h", "alice!a@h", "bob!~b@h.example.org", "NickServ!s@services.", "irc.example.org", "GLOBOT!x@y",
        "!@", "a!", "", "a,b!c@d", "*!*@*", "é!é@é");

    private static readonly Gen<string> Verb = Of(
        "001", "005", "010", "263", "276", "301", "315", "318", "319", "324", "330", "331", "332", "333", "352", "353", "354", "366", "372", "375", "376",
        "396", "401", "403", "404", "405", "407", "408", "411", "412", "417", "421", "422", "432", "433", "436", "437", "439", "442", "451", "461", "464",
        "465", "470", "471", "473", "474", "475", "476", "477", "480", "486", "489", "520", "531", "671", "716", "730", "731", "732", "734", "900", "901",
        "902", "903", "904", "905", "906", "907", "908", "ACCOUNT", "ACK", "AUTHENTICATE", "AWAY", "BATCH", "CAP", "CHGHOST", "ERROR", "FAIL", "INVITE",
        "JOIN", "join", "KICK", "KILL", "MODE", "NICK", "NOTE", "NOTICE", "PART", "PING", "PONG", "PRIVMSG", "QUIT", "SETNAME", "TAGMSG", "TOPIC",
        "WARN", "WALLOPS");

    private static readonly Gen<string> Parameter = Of(
        "{me}", "{me}", "{said}", "{label}", "{token}", "alice", "bob", "NickServ", "*", "", "#globenet", "#globenet", "#globenet-root", "#keyed",
        "#other", "#GLOBENET", "@#globenet", "#a,#b", "LS", "ACK", "NAK", "NEW", "DEL", "sasl", "account-tag labeled-response batch message-tags echo-message",
        "sasl=PLAIN,EXTERNAL", "cap-notify", "+", "+i", "-k", "+sk", "+o-o", "-+-", "nick", "100", "7", "0", "PREFIX=(ov)@+", "CASEMAPPING=ascii",
        "-CASEMAPPING", "CHANTYPES=", "NICKLEN=3", "LINELEN=-5", "WHOX", "MONITOR", "STATUSMSG=@+", "BOT=B", "PRIVMSG", "NOTICE", "NICK", "+ref", "-ref",
        "netsplit", "chathistory", "irc.a.org irc.b.org", "VERSION", "\x01VERSION\x01", "\x01ACTION dances\x01", "\x01", "hello there", "a.b!c@d",
        "identify to NickServ", "Excess Flood", "K-lined", "too fast", "😀", "\u202e", "0123456789abcdef",
        "This nickname is registered.", "globot_", "Guest12345", "cj0xLHM9MSxpPTE=", "-1", "99999999999999999999", ":", "::", "a b c d e f");

    private static readonly Gen<string> Tags = Of(
        "", "", "", "", "@label={label} ", "@batch=ref ", "@account=alice ", "@time=2026-11-22T20:00:00.000Z ", "@msgid=1;bot ", "@a=\\ ", "@;;=;= ");

    private static readonly Gen<string> Line =
        Gen.Select(Tags, Source, Verb, Parameter.Array[0, 8], (tags, source, verb, parameters) =>
            tags + new IrcMessage(default, source, verb, parameters));

    private static readonly Gen<string> Mutated = Gen.Select(Line, Gen.Int[0, 60], Of("", " ", ":", "\0", "\r", "@", "é", "\x7f", ",", "\x01"))
        .Select((line, at, cut) => line[..Math.Min(at, line.Length)] + cut + line[Math.Min(at + 1, line.Length)..]);

    private static readonly Gen<Step> AnyStep = Gen.Frequency(
        (30, Line.Select(line => new Step("< " + line, p => p.Hear(line)))),
        (5, Mutated.Select(line => new Step("< " + line, p => p.Hear(line)))),
        (2, Gen.Byte.Array[0, 60].Select(bytes => new Step("< " + Convert.ToHexString(bytes), p => p.Session.Receive(bytes)))),
        (6, Gen.Select(Of("#globenet", "#globenet-root", "#keyed", "alice", "#other", "a b", ""), Gen.Int[0, 900], Gen.Bool, Gen.Bool)
            .Select((target, length, isRelay, isNotice) => new Step($"say {target} {length}", p => p.Say(target, length, isRelay, isNotice)))),
        (3, Of("alice", "bob", "{me}", "#globenet", "", "a b").Select(nick => new Step("ask " + nick, p => p.Session.Ask(p.Fill(nick))))),
        (8, Gen.Int[0, 90_000].Select(ms => new Step($"~ {ms} ms", p => p.Pass(TimeSpan.FromMilliseconds(ms))))),
        (1, Gen.Const(new Step("quit", p => p.Session.Quit()))),
        (1, Gen.Bool.Select(isSecure => new Step("reconnect", p => p.Reconnect(isSecure)))),
        (4, Gen.Const(new Step("labels", p => p.Register("message-tags labeled-response echo-message batch account-tag sasl")))),
        (2, Gen.Const(new Step("plain", p => p.Register("sasl cap-notify account-tag")))),
        (5, Gen.Const(new Step("enter", p => p.EnterAll()))));

    [Fact]
    public void Whatever_comes_in_whatever_order_the_session_keeps_its_promises() =>
        Gen.Select(Gen.Int[0, 2], AnyStep.Array[1, 80]).Sample((account, steps) =>
        {
            var play = new Play(account switch { 0 => Options, 1 => Options with { Sasl = null }, _ => Options with { Sasl = null, Services = null } });
            play.Session.Connect();
            foreach (var step in steps)
            {
                step.Do(play);
            }

            play.Session.Lose();
        }, iter: 3000);

    private static Gen<string> Of(params string[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);

    private sealed record Step(string Text, Action<Play> Do)
    {
        public override string ToString() => Text;
    }

    private sealed class Play
    {
        private string _said = "said-1";
        private string _label = "1";
        private string _token = "100";

        public Play(IrcSessionOptions options) =>
            Session = new WatchedSession(options, () => 0) { Wrote = Remember };

        public WatchedSession Session { get; }

        public string Fill(string text) => text
            .Replace("{me}", Session.Session.Nick ?? "globot", StringComparison.Ordinal).Replace("{said}", _said, StringComparison.Ordinal)
            .Replace("{label}", _label, StringComparison.Ordinal).Replace("{token}", _token, StringComparison.Ordinal);

        public void Hear(string line) => Session.Receive(Encoding.UTF8.GetBytes(Fill(line)));

        public void Say(string target, int length, bool isRelay, bool isNotice) => Session.Say(
            target, string.Concat(Enumerable.Repeat("é \u202e\r", length / 4)) + new string('x', length % 40),
            isNotice ? SayKind.Notice : SayKind.Privmsg, isRelay ? SayPriority.Relay : SayPriority.Reply);

        public void Pass(TimeSpan time)
        {
            var end = Session.Now + time;
            while (Session.Session.NextTick is { } next && next <= end)
            {
                if (next > Session.Now)
                {
                    Session.Now = next;
                }

                Session.Tick();
            }
            Session.Now = end;
            Session.Tick();
        }

        public void Reconnect(bool isSecure)
        {
            Session.Lose();
            Session.Connect(isSecure);
        }

        public void Register(string caps)
        {
            Session.Lose();
            Session.Connect();
            foreach (var line in new[]
            {
                $"CAP * LS :{caps}", $"CAP * ACK :{caps}", "AUTHENTICATE +", "903 globot :ok", ":s 001 globot :Welcome",
                ":s 005 globot WHOX CASEMAPPING=rfc1459 STATUSMSG=@+ BOT=B :are supported", ":s 376 globot :End",
            })
            {
                Hear(line);
            }
        }

        public void EnterAll()
        {
            foreach (var name in new[] { "#globenet", "#globenet-root", "#keyed" })
            {
                Hear($":{{me}}!b@h JOIN {name}");
                Hear($":s 324 {{me}} {name} +snt");
            }
        }

        private void Remember(string line)
        {
            if (line.StartsWith("PING said", StringComparison.Ordinal))
            {
                _said = line[5..];
            }

            if (line.StartsWith("@label=", StringComparison.Ordinal))
            {
                _label = line[7..line.IndexOf(' ', StringComparison.Ordinal)];
            }

            if (line.StartsWith("WHO ", StringComparison.Ordinal))
            {
                _token = line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..];
            }
        }
    }
}

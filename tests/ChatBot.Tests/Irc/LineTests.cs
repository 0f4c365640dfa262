using System.Globalization;
using System.Text;
using ChatBot.Core.Irc;
using ChatBot.Core.Text;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class LineTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char.AlphaNumeric, 1, 12];

    private static readonly Gen<string> Middle = Gen.OneOf(Word, AnyOf(CodePoint.Where(c => c is > ' ' and not ':')));

    private static readonly Gen<string> Trailing =
        Gen.OneOf(Gen.String[Gen.Char.AlphaNumeric, 0, 20], OneOf(":", ": x", " a  b ", "é 😀", "@x", ""), AnyOf(CodePoint));

    private static readonly Gen<string> TagValue = Gen.OneOf(Trailing, OneOf("a;b", "a\\", "\r\n", "\\:"));

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String,
        OneOf("a", " ", "é", "😀", "👩‍🚒", "e\u0301", "日本", "mot mot", "x").Array[0, 200].Select(string.Concat));

    private static Gen<int> CodePoint =>
        Gen.OneOf(Gen.Int[1, 0x7f], Gen.Int[0x80, 0x2fff], Gen.Int[1, 0x10ffff]).Where(c => Rune.IsValid(c) && c is not '\r' and not '\n');

    [Fact]
    public void A_line_that_is_written_is_read_the_same() =>
        Gen.Select(Gen.Dictionary(Word, TagValue)[0, 4], Word, Word, Middle.Array[0, 20], Trailing)
            .Sample((tags, source, verb, middles, last) =>
            {
                var written = new IrcMessage(IrcTags.From(tags), source, verb, [.. middles, last]);

                var read = IrcMessage.Parse(written.ToString())!;

                Assert.Equal(tags, read.Tags.ToDictionary());
                Assert.Equal(source, read.Source);
                Assert.Equal(verb, read.Verb, ignoreCase: true);
                Assert.Equal(written.Params, read.Params);
            });

    [Fact]
    public void No_bytes_make_the_parser_throw_and_what_it_reads_is_written_and_read_the_same() =>
        Gen.OneOf(Gen.Byte.Array[0, 200], Gen.Int[0, 15].Select(i => Atoms[i]).Array[0, 30].Select(all => all.SelectMany(a => a).ToArray()))
            .Sample(bytes =>
            {
                if (IrcMessage.Parse(bytes) is not { } message)
                {
                    return;
                }

                var again = IrcMessage.Parse(message.ToString())!;

                Assert.Equal(message.Tags.ToDictionary(), again.Tags.ToDictionary());
                Assert.Equal(message.Tags.Strict("a"), again.Tags.Strict("a"));
                Assert.Equal(message.Tags["a"], message.Tags.ToDictionary().GetValueOrDefault("a"));
                Assert.Equal((message.Source, message.From, message.Verb), (again.Source, again.From, again.Verb));
                Assert.Equal(message.Params, again.Params);
                Assert.Equal(message.Last, again[Math.Max(0, again.Params.Count - 1)]);
            }, iter: 2000);

    [Fact]
    public void No_text_of_a_caller_makes_a_line_that_is_too_long_or_contains_a_control()
    {
        var text = Gen.OneOf(AnyText, OneOf("#x", "alice", "a,b", ":a", "", "a\r\nQUIT", "a\0", "a\u0001", "\u0085", "\u009b", "a b", "\u007f"));
        Gen.Select(text, text, Gen.Int[0, Commands.Length - 1]).Sample((first, second, i) =>
        {
            string line;
            try
            {
                line = Commands[i](first, second).Line;
            }
            catch (ArgumentException)
            {
                return;
            }
            Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, 510 + (line[0] == '@' ? 4096 : 0));
            Assert.DoesNotContain(line, c => char.IsControl(c) && c != '\u0001');
            Assert.Equal(line.Contains('\u0001'), i == 0);
        }, iter: 3000);
    }

    [Fact]
    public void A_key_that_would_move_the_keys_after_it_is_refused() =>
        Assert.Throws<ArgumentException>(() => IrcCommand.Join([new("#a", Key: "x,y"), new("#b", Key: "z")]));

    [Fact]
    public void A_label_is_escaped() => Assert.Equal("@label=a\\:b\\s PING x", IrcCommand.Ping("x").Labelled("a;b ").Line);

    [Fact]
    public void A_known_verb_is_in_upper_case_and_another_one_keeps_its_case() =>
        Assert.Equal(
            ["PRIVMSG", "AUTHENTICATE", "001", "Foo", "0x1"],
            new[] { "privmsg a", "Authenticate +", "001 x", "Foo", "0x1" }.Select(line => IrcMessage.Parse(line)!.Verb));

    [Fact]
    public void A_tag_that_is_not_there_costs_nothing()
    {
        var tags = IrcMessage.Parse("@time=2026-11-22T20:15:31.456Z;msgid=0F3jz8 PING")!.Tags;
        _ = tags["account"] ?? tags.Strict("account");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var found = tags["account"] ?? tags.Strict("account");

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Null(found);
    }

    [Fact]
    public void No_line_makes_a_session_throw()
    {
        var verbs = OneOf(
            "001", "005", "353", "352", "354", "324", "330", "276", "315", "318", "396", "404", "433", "731", "473", "JOIN", "PART", "KICK", "QUIT",
            "NICK", "MODE", "PRIVMSG", "NOTICE", "CAP", "AUTHENTICATE", "BATCH", "PING", "PONG", "ERROR", "INVITE", "ACCOUNT", "CHGHOST", "FAIL",
            "311", "319", "366", "482", "TOPIC", "AWAY", "SETNAME", "WARN",
            "ACK", "903", "904", "439", "901");
        var parameter = OneOf(
            "globot", "#globenet", "*", "", "LS", "ACK", "NEW", "DEL", "NAK", "sasl", "+i", "-+-", "100", "NICKLEN=-5", "PREFIX=(", "PREFIX=)x(",
            "CHANMODES=,,,,,", "CASEMAPPING=ascii", "-CASEMAPPING", "BOT=", "x y", "said-1", "said-99999999999999999999", "\u0001", "\u0001\u0001",
            "alice", "#", "@#globenet", "+b", "-b", "a.b c.d", "a,b,c", "\\x", "WHOX", "MONITOR", "😀");
        var source = OneOf("globot!b@h", "alice!a@h", "irc.example.org", "!@", "a!", "@", ":x!y@z", "", "a,b!c@d", "*!*@*");
        Gen.Select(source, verbs, parameter.Array[0, 8]).Array[1, 60].Sample(lines =>
        {
            var script = new Script(Script.Options with { Sasl = new(SaslMechanism.ScramSha256, "a", "b") });
            script.Run("connect");
            var open = Script.InChannel("message-tags account-tag batch");
            foreach (var (from, verb, parameters) in lines)
            {
                var line = new IrcMessage(default, from, verb, parameters).ToString();
                script.Play("< " + line, "ask alice", "say 1 alice hi", "~ 1");
                open.Play("< " + line, "ask alice", "say 1 #globenet hi", "~ 1");
            }
            Assert.All(script.Written.Concat(open.Written), w => Assert.InRange(Encoding.UTF8.GetByteCount(w.Line), 1, 530));
            Assert.All(script.Written.Concat(open.Written), w => Assert.DoesNotContain(w.Line, c => c is '\r' or '\n' or '\0'));
        }, iter: 300);
    }

    [Fact]
    public void Splitting_loses_nothing_but_the_space_at_the_cut_and_keeps_the_budget() =>
        Gen.Select(AnyText.Select(t => t.ReplaceLineEndings(" ")), Gen.Int[4, 120]).Sample((text, budget) =>
        {
            var pieces = LineSplitter.Split(text, budget);

            Assert.All(pieces, p => Assert.InRange(Encoding.UTF8.GetByteCount(p), 0, budget));
            var at = 0;
            foreach (var piece in pieces)
            {
                if (at > 0 && at < text.Length && text[at] == ' ')
                {
                    at++;
                }

                Assert.Equal(piece, text.Substring(at, piece.Length));
                at += piece.Length;
            }
            Assert.InRange(text.Length - at, 0, text.EndsWith(' ') ? 1 : 0);
        });

    [Fact]
    public void A_megabyte_of_marks_is_cut_in_a_time_that_grows_with_its_length_only() =>
        Assert.Equal(250_000, LineSplitter.Split(new string('\u0301', 500_000), 4).Count);

    [Fact]
    public void Paragraphs_are_cut_first() =>
        Assert.Equal(["un deux", "trois", "quatre"], LineSplitter.Split("un deux\r\ntrois\n\nquatre\n", 40));

    [Fact]
    public void A_cut_never_falls_inside_a_cluster_that_fits() =>
        Gen.Select(AnyText, Gen.Int[40, 120]).Sample((text, budget) =>
        {
            var clean = Cleaner.CleanLine(text);
            var clusters = new HashSet<string>(StringComparer.Ordinal);
            for (var all = StringInfo.GetTextElementEnumerator(clean); all.MoveNext();)
            {
                clusters.Add(all.GetTextElement());
            }

            if (clusters.Any(c => Encoding.UTF8.GetByteCount(c) > budget))
            {
                return;
            }

            foreach (var piece in LineSplitter.Split(clean, budget))
            {
                for (var all = StringInfo.GetTextElementEnumerator(piece); all.MoveNext();)
                {
                    Assert.Contains(all.GetTextElement(), clusters);
                }
            }
        });

    [Fact]
    public void Cleaning_twice_is_cleaning_once() =>
        AnyText.Sample(text => Assert.Equal(Cleaner.CleanLine(text), Cleaner.CleanLine(Cleaner.CleanLine(text))));

    [Fact]
    public void Cut_between_words_where_there_are_any() =>
        Assert.Equal(["un deux", "trois", "quatrecinq", "six"], LineSplitter.Split("un deux trois quatrecinqsix", 10));

    [Fact]
    public void A_part_that_is_not_utf_8_is_read_as_windows_1252_and_its_neighbours_are_not()
    {
        var message = IrcMessage.Parse([.. "@a=é;b=ü :é!u@h PRIVMSG #é :"u8, 0xab, 0xa0, 0x80, 0x92, 0x9c, 0x85, 0xc9, 0xa0, 0xbb, 0x81])!;

        Assert.Equal("«\u00a0€’œ…É\u00a0»\u0081", message.Last);
        Assert.Equal(("é", "#é", "é"), (message.Tags["a"], message[0], message.From.Nick));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("@tag")]
    [InlineData(":source ")]
    [InlineData("PRIVMSG #x :a\0b")]
    [InlineData("PRIVMSG #x :a\rb")]
    public void What_is_no_line_is_none(string line) => Assert.Null(IrcMessage.Parse(line));

    [Theory]
    [InlineData("\u000304,01red\u0002bold\u000f end", "redbold end")]
    [InlineData("\u0003123", "3")]
    [InlineData("\u00034,x", ",x")]
    [InlineData("\u0003,5", ",5")]
    [InlineData("\u0004ff0000,00ff00x", "x")]
    [InlineData("a\u001db\u001fc\u001ed\u0011e\u0016f\u0003", "abcdef")]
    public void Formatting_is_stripped(string text, string plain) => Assert.Equal(plain, IrcFormatting.Strip(text));

    [Theory]
    [InlineData("ascii", "A[]\\^B", "a{}|~b", false)]
    [InlineData("rfc1459", "A[]\\^B", "a{}|~b", true)]
    [InlineData("rfc1459-strict", "A[]\\B", "a{}|b", true)]
    [InlineData("rfc1459-strict", "^", "~", false)]
    [InlineData("rfc7613", "[", "{", true)]
    [InlineData("ascii", "É", "é", false)]
    public void Names_compare_as_the_server_says(string mapping, string one, string other, bool same)
    {
        var comparer = CaseMapping.Named(mapping);
        Assert.Equal(same, comparer.Equals(one, other));
        Assert.Equal(same, comparer.Fold(one) == comparer.Fold(other));
    }

    [Fact]
    public void Isupport_comes_in_parts_and_is_withdrawn()
    {
        var tokens = new IsupportTokens();
        tokens.Read(["NICKLEN=30", "BOT=B", "NETWORK=A\\x20B\\x", "PREFIX=(qaohv)~&@%+", "WHOX"]);
        Assert.Equal(30, tokens.Length("NICKLEN", 9, 100));
        Assert.Equal('B', tokens.BotMode);
        Assert.Equal("A B\\x", tokens["NETWORK"]);
        Assert.Equal("~&@%+", tokens.PrefixMarks);
        tokens.Read(["-BOT", "-WHOX", "NICKLEN=-5", "HOSTLEN=99999999999", "PREFIX=(ov)@"]);
        Assert.Null(tokens.BotMode);
        Assert.False(tokens.HasWhox);
        Assert.Equal(9, tokens.Length("NICKLEN", 9, 100));
        Assert.Equal(63, tokens.Length("HOSTLEN", 63, 128));
        Assert.Equal("@+", tokens.PrefixMarks);
    }

    [Fact]
    public void The_tags_of_a_line_are_of_one_encoding() =>
        Assert.Equal("Ã©", IrcMessage.Parse([.. "@a=é;b="u8, 0xe9, .. " PING"u8])!.Tags["a"]);

    [Theory]
    [InlineData("account=a", "a")]
    [InlineData("account=a;account=a", null)]
    [InlineData("account=a;account=a;account=a", null)]
    [InlineData("account=a\\s", null)]
    [InlineData("account=*", null)]
    [InlineData("account", null)]
    public void A_value_that_may_carry_rights_is_one_plain_value(string tags, string? account) =>
        Assert.Equal(account, IrcMessage.Parse($"@{tags} PING")!.Tags.Strict("account"));

    private static byte[][] Atoms =>
    [
        "@"u8.ToArray(), ":"u8.ToArray(), " "u8.ToArray(), "  "u8.ToArray(), " :"u8.ToArray(), ";"u8.ToArray(), "="u8.ToArray(), "a"u8.ToArray(),
        "a=b"u8.ToArray(), "\\"u8.ToArray(), "!"u8.ToArray(), "é"u8.ToArray(), [0xe9], [0x80], "PRIVMSG"u8.ToArray(), "\r\n"u8.ToArray(),
    ];

    private static Func<string, string, IrcCommand>[] Commands =>
    [
        (a, b) => IrcCommand.CtcpReply(a, b, b), (a, b) => IrcCommand.Privmsg(a, b), (a, b) => IrcCommand.Notice(a, b),
        (a, b) => IrcCommand.Join([new(a, Key: b)]), (a, b) => IrcCommand.Part(a, b), (a, _) => IrcCommand.Quit(a), (a, _) => IrcCommand.Nick(a),
        (a, b) => IrcCommand.User(a, b), (a, _) => IrcCommand.Pass(a), (a, _) => IrcCommand.Ping(a), (a, _) => IrcCommand.Pong(a),
        (a, b) => IrcCommand.Cap(a, b), (a, _) => IrcCommand.Authenticate(a), (a, b) => IrcCommand.Mode(a, b, b), (a, b) => IrcCommand.Who(a, b),
        (a, _) => IrcCommand.Whois(a), (a, _) => IrcCommand.Monitor(a), (a, _) => IrcCommand.Ping("x").Labelled(a),
    ];

    private static Gen<string> AnyOf(Gen<int> codePoints) => codePoints.Array[1, 12].Select(all => string.Concat(all.Select(char.ConvertFromUtf32)));

    private static Gen<string> OneOf(params string[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);
}

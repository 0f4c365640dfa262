using System.Globalization;
using System.Text;
using ChatBot.Core.Irc;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class LineTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char.AlphaNumeric, 1, 12];

    private static readonly Gen<string> Trailing =
        Gen.OneOf(Gen.String[Gen.Char.AlphaNumeric, 0, 20], OneOf(":", ": x", " a  b ", "é 😀", "@x", ""));

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String,
        OneOf("a", " ", "é", "😀", "👩‍🚒", "e\u0301", "日本", "mot mot", "x").Array[0, 200].Select(string.Concat));

    [Fact]
    public void A_line_that_is_written_is_read_the_same() =>
        Gen.Select(Gen.Dictionary(Word, Trailing)[0, 4], Word, Word, Word.Array[0, 5], Trailing)
            .Sample((tags, source, verb, middles, last) =>
            {
                var written = new IrcMessage(IrcTags.From(tags), source, verb, [.. middles, last]);

                var read = IrcMessage.Parse(written.ToString())!;

                Assert.Equal(tags, read.Tags.ToDictionary());
                Assert.Equal(source, read.Source);
                Assert.Equal(verb, read.Verb);
                Assert.Equal(written.Params, read.Params);
            });

    [Fact]
    public void No_bytes_make_the_parser_throw() =>
        Gen.Byte.Array[0, 200].Sample(bytes => _ = IrcMessage.Parse(bytes));

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
        Gen.Select(AnyText, Gen.Int[4, 120]).Sample((text, budget) =>
        {
            var pieces = LineSplitter.Split(text, budget);

            Assert.All(pieces, p => Assert.InRange(Encoding.UTF8.GetByteCount(p), 0, budget));
            Assert.Equal(text.Replace(" ", ""), string.Concat(pieces).Replace(" ", ""));
            Assert.InRange(text.Length - pieces.Sum(p => p.Length), 0, pieces.Count);
        });

    [Fact]
    public void A_cut_never_falls_inside_a_cluster_that_fits() =>
        Gen.Select(AnyText, Gen.Int[40, 120]).Sample((text, budget) =>
        {
            var clean = IrcText.Clean(text);
            var clusters = new HashSet<string>(StringComparer.Ordinal);
            for (var all = StringInfo.GetTextElementEnumerator(clean); all.MoveNext();) clusters.Add(all.GetTextElement());
            if (clusters.Any(c => Encoding.UTF8.GetByteCount(c) > budget)) return;

            foreach (var piece in LineSplitter.Split(clean, budget))
                for (var all = StringInfo.GetTextElementEnumerator(piece); all.MoveNext();)
                    Assert.Contains(all.GetTextElement(), clusters);
        });

    [Fact]
    public void Cleaning_twice_is_cleaning_once() =>
        AnyText.Sample(text => Assert.Equal(IrcText.Clean(text), IrcText.Clean(IrcText.Clean(text))));

    [Fact]
    public void Cut_between_words_where_there_are_any() =>
        Assert.Equal(["un deux", "trois", "quatrecinq", "six"], LineSplitter.Split("un deux trois quatrecinqsix", 10));

    [Fact]
    public void Invalid_utf_8_is_read_as_latin_1() =>
        Assert.Equal("caf\u00e9", IrcMessage.Parse([.. "PRIVMSG #x :caf"u8, 0xe9])!.Last);

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
    public void Isupport_is_taken_in_parts_and_taken_back()
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

    private static Gen<string> OneOf(params string[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);
}

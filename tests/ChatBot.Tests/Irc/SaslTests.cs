using System.Text;
using ChatBot.Core.Irc;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>AUTHENTICATE beyond the ordinary: preparation, chunks, refusals, and a server that claims too much.</summary>
public sealed class SaslTests
{
    // The exchange of RFC 7677 §3 has this proof for "pencil" only.
    [Theory]
    [InlineData("pencil", true)]
    [InlineData("pen\u00adc\u200bil\ufe0f", true)]
    [InlineData("pen\u00a0cil", false)]
    [InlineData("Pencil", false)]
    public void What_is_nothing_in_a_password_goes_before_it_is_proved(string password, bool isRight) =>
        Assert.Equal(isRight, Proof(password).EndsWith("p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", StringComparison.Ordinal));

    [Fact]
    public void Every_space_is_a_space() => Assert.Equal(Proof("pen cil"), Proof("pen\u3000cil"));

    [Theory]
    [InlineData("se\u0007cret")]
    [InlineData("se\u200fcret")]
    [InlineData("se\ue000cret")]
    [InlineData("se\ufffecret")]
    public void A_password_that_SCRAM_forbids_is_reported_without_showing_it(string password)
    {
        var script = new Script(Script.Options with { Sasl = new(SaslMechanism.ScramSha256, "globot", password) });
        script.Play("connect", "< CAP * LS :sasl", "< CAP * ACK :sasl");

        Assert.DoesNotContain(script.Written, w => w.Line.StartsWith("AUTHENTICATE", StringComparison.Ordinal));
        var ended = script.Happened.OfType<IrcEvent.Disconnecting>().Single();
        Assert.Equal("SCRAM allows no such account or password: see account and password_file of [irc.sasl]", ended.Reason);
    }

    [Theory]
    [InlineData(289, 1, 0)]
    [InlineData(292, 1, 1)]
    [InlineData(293, 2, 0)]
    [InlineData(592, 2, 1)]
    public void An_answer_of_whole_chunks_ends_with_an_empty_one(int length, int chunks, int empty)
    {
        var password = new string('x', length);
        var script = new Script(Script.Options with { Sasl = new(SaslMechanism.Plain, "globot", password) });
        script.Play("connect", "< CAP * LS :sasl", "< CAP * ACK :sasl");
        script.Forget();
        script.Play("< AUTHENTICATE +");

        var sent = script.Written.Select(w => w.Line["AUTHENTICATE ".Length..]).ToList();
        Assert.Equal((chunks, empty), (sent.Count(s => s != "+"), sent.Count(s => s == "+")));
        Assert.All(sent, s => Assert.InRange(s.Length, 1, 400));
        Assert.Equal($"\0globot\0{password}", Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(sent.Where(s => s != "+")))));
    }

    [Fact]
    public void A_challenge_may_come_in_chunks_too()
    {
        var script = new Script(Script.Options with { Sasl = new(SaslMechanism.ScramSha256, "user", "pencil") });
        script.Play("connect", "< CAP * LS :sasl", "< CAP * ACK :sasl", "< AUTHENTICATE +");
        var first = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $"r=rOprNGfwEbeRWgbNEkqO{new string('n', 243)},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"));
        Assert.Equal(400, first.Length);
        script.Forget();
        script.Play($"< AUTHENTICATE {first}");
        Assert.Empty(script.Written);
        script.Play("< AUTHENTICATE +");

        Assert.NotEmpty(script.Written);
        Assert.DoesNotContain(script.Written, w => w.Line == "AUTHENTICATE *");
    }

    [Theory]
    [InlineData("902")]
    [InlineData("904")]
    [InlineData("905")]
    [InlineData("906")]
    public void Every_refusal_ends_the_connection(string numeric)
    {
        var script = new Script(Script.Options with { Sasl = new(SaslMechanism.Plain, "globot", "secret") });
        script.Play("connect", "< CAP * LS :sasl", "< CAP * ACK :sasl", "< AUTHENTICATE +", $"< :irc {numeric} globot :no");

        Assert.Equal(CloseCause.NotIdentified, script.Session.Disconnected("x", script.Now).Cause);
    }

    [Fact]
    public void Somebody_who_is_identified_already_is()
    {
        var script = new Script(Script.Options with { Sasl = new(SaslMechanism.Plain, "globot", "secret") });
        script.Play("connect", "< CAP * LS :sasl", "< CAP * ACK :sasl", "< :irc 907 globot :You have already authenticated");

        Assert.Equal("CAP END", script.Written[^1].Line);
    }

    [Fact]
    public void Success_without_proof_is_none()
    {
        var script = new Script(Script.Options with { Sasl = new(SaslMechanism.ScramSha256, "user", "pencil") });
        script.Play("connect", "< CAP * LS :sasl", "< CAP * ACK :sasl", "< AUTHENTICATE +", "< :irc 903 globot :ok");

        Assert.Equal(CloseCause.NotIdentified, script.Session.Disconnected("x", script.Now).Cause);
    }

    private static string Proof(string password)
    {
        var script = new Script(Script.Options with { Sasl = new(SaslMechanism.ScramSha256, "user", password) });
        script.Play(
            "connect", "< CAP * LS :sasl", "< CAP * ACK :sasl", "< AUTHENTICATE +",
            "< AUTHENTICATE " + Convert.ToBase64String("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"u8));
        return Encoding.UTF8.GetString(Convert.FromBase64String(script.Written[^1].Line["AUTHENTICATE ".Length..]));
    }
}

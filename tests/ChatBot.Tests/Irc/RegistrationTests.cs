using ChatBot.Core.Irc;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class RegistrationTests
{
    private static readonly IrcSessionOptions WithPlain =
        Script.Options with { Sasl = new(SaslMechanism.Plain, "globot", "secret") };

    [Fact]
    public void Everything_that_needs_no_answer_is_written_at_once() => new Script().RunToEnd("""
        connect
        > CAP LS 302
        > NICK globot
        > USER globot 0 * :globot
        """);

    [Fact]
    public void A_server_password_goes_first() => new Script(Script.Options with { ServerPassword = "pw" }).RunToEnd("""
        connect
        > PASS :pw
        > CAP LS 302
        > NICK globot
        > USER globot 0 * :globot
        """);

    [Fact]
    public void A_list_of_capabilities_in_parts_is_collected_before_asking()
    {
        var script = new Script();
        script.Run("connect");
        script.Forget();
        script.RunToEnd("""
            < :irc CAP * LS * :server-time unknown/one
            < :irc CAP * LS :account-tag=x sasl=PLAIN
            > CAP REQ :server-time account-tag
            < :irc CAP globot ACK :server-time account-tag
            > CAP END
            < :irc 001 globot :Welcome
            * Registered { Nick = globot }
            > JOIN #globenet
            """);
    }

    [Fact]
    public void Echo_is_only_asked_for_together_with_labels()
    {
        var script = new Script();
        script.Run("connect");
        script.Forget();
        script.RunToEnd("""
            < :irc CAP * LS :echo-message batch
            > CAP REQ batch
            < :irc CAP * ACK :batch
            > CAP END
            """);
    }

    [Fact]
    public void A_refused_request_is_asked_again_one_by_one()
    {
        var script = new Script();
        script.Run("connect");
        script.Forget();
        script.RunToEnd("""
            < :irc CAP * LS :server-time chghost
            > CAP REQ :server-time chghost
            < :irc CAP * NAK :server-time chghost
            > CAP REQ server-time
            > CAP REQ chghost
            < :irc CAP * NAK :server-time
            < :irc CAP * ACK :chghost
            > CAP END
            """);
    }

    [Theory]
    [InlineData(":irc 421 * CAP :Unknown command")]
    [InlineData(":irc 451 * :You have not registered")]
    [InlineData(":irc NOTICE * :*** Looking up your hostname")]
    public void A_server_without_capabilities_lets_us_in_all_the_same(string answer)
    {
        var script = new Script();
        script.Run("connect");
        script.Forget();
        script.RunToEnd($"""
            < {answer}
            < :irc 001 globot :Welcome
            * Registered
            > JOIN #globenet
            < :globot!~g@h JOIN #globenet
            * Joined
            ~ 3
            > MODE #globenet
            > WHO #globenet
            """);
    }

    [Fact]
    public void A_silent_server_is_left_after_a_minute()
    {
        var script = new Script();
        script.Run("connect");
        script.Advance(61);
        Assert.True(script.Session.ShouldClose);
    }

    [Fact]
    public void Sasl_plain_ends_before_registration_does()
    {
        var script = new Script(WithPlain);
        script.Run("connect");
        script.Forget();
        script.RunToEnd("""
            < :irc CAP * LS :sasl=PLAIN,EXTERNAL server-time
            > CAP REQ :sasl server-time
            < :irc CAP * ACK :sasl server-time
            > AUTHENTICATE PLAIN
            < AUTHENTICATE +
            > AUTHENTICATE AGdsb2JvdABzZWNyZXQ=
            < :irc 900 globot globot!g@h globot :You are now logged in
            < :irc 903 globot :SASL authentication successful
            > CAP END
            < :irc 001 globot :Welcome
            * Registered { Nick = globot }
            > JOIN #globenet
            """);
    }

    [Fact]
    public void Sasl_external_sends_no_name_and_takes_a_challenge_with_colon()
    {
        var script = new Script(Script.Options with { Sasl = new(SaslMechanism.External, "", "") });
        script.Run("connect");
        script.Forget();
        script.RunToEnd("""
            < :irc CAP * LS :sasl
            > CAP REQ sasl
            < :irc CAP * ACK :sasl
            > AUTHENTICATE EXTERNAL
            < @time=2026-01-01T00:00:00.000Z AUTHENTICATE :+
            > AUTHENTICATE +
            < :irc 903 globot :ok
            > CAP END
            """);
    }

    [Fact]
    public void A_long_sasl_answer_goes_in_chunks_and_ends_with_a_plus()
    {
        // 2 separators + 6 + 292 bytes = 300, which are 400 characters of base64.
        var script = new Script(Script.Options with { Sasl = new(SaslMechanism.Plain, "globot", new string('x', 292)) });
        script.Run("connect");
        script.Play("< :irc CAP * LS :sasl", "< :irc CAP * ACK :sasl");
        script.Forget();
        script.Play("< AUTHENTICATE +");

        Assert.Equal(["AUTHENTICATE " + Convert.ToBase64String([0, .. "globot"u8, 0, .. Enumerable.Repeat((byte)'x', 292)]), "AUTHENTICATE +"],
            script.Written.Select(w => w.Line));
    }

    // The exchange of RFC 7677 §3, with its user and password.
    [Fact]
    public void Sasl_scram_sha_256_proves_both_sides()
    {
        var script = new Script(Script.Options with { Sasl = new(SaslMechanism.ScramSha256, "user", "pencil") });
        script.Run("connect");
        script.Play("< :irc CAP * LS :sasl", "< :irc CAP * ACK :sasl");
        script.Forget();
        script.RunToEnd($"""
            < AUTHENTICATE +
            > AUTHENTICATE {Base64("n,,n=user,r=rOprNGfwEbeRWgbNEkqO")}
            < AUTHENTICATE {Base64("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")}
            > AUTHENTICATE {Base64("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")}
            < AUTHENTICATE {Base64("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")}
            > AUTHENTICATE +
            < :irc 903 user :ok
            > CAP END
            """);
    }

    [Theory]
    [InlineData("v=AAAATRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")]
    [InlineData("e=invalid-proof")]
    [InlineData("")]
    public void A_server_that_cannot_prove_itself_is_left(string final)
    {
        var script = new Script(Script.Options with { Sasl = new(SaslMechanism.ScramSha256, "user", "pencil") });
        script.Run("connect");
        script.Play(
            "< :irc CAP * LS :sasl", "< :irc CAP * ACK :sasl", "< AUTHENTICATE +",
            "< AUTHENTICATE " + Base64("r=rOprNGfwEbeRWgbNEkqO%hvY,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"),
            "< AUTHENTICATE " + Base64(final), "< :irc 903 user :ok");

        AssertNotIdentified(script);
    }

    [Theory]
    [InlineData("r=somethingelse,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2000000000")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=***,i=4096")]
    public void A_dishonest_challenge_is_not_answered(string first)
    {
        var script = new Script(Script.Options with { Sasl = new(SaslMechanism.ScramSha256, "user", "pencil") });
        script.Run("connect");
        script.Play("< :irc CAP * LS :sasl", "< :irc CAP * ACK :sasl", "< AUTHENTICATE +", "< AUTHENTICATE " + Base64(first));

        AssertNotIdentified(script);
    }

    [Theory]
    [InlineData("< :irc CAP * LS :server-time", "< :irc CAP * ACK :server-time")]
    [InlineData("< :irc 421 * CAP :Unknown command")]
    [InlineData("< :irc 001 globot :Welcome")]
    [InlineData("< :irc CAP * LS :sasl", "< :irc CAP * ACK :sasl", "< :irc 904 * :SASL authentication failed")]
    [InlineData("< :irc CAP * LS :sasl", "< :irc CAP * ACK :sasl", "~ 21")]
    public void Without_the_wanted_identity_the_bot_does_not_stay(params string[] steps)
    {
        var script = new Script(WithPlain);
        script.Run("connect");
        script.Play(steps);

        AssertNotIdentified(script);
    }

    [Fact]
    public void A_password_is_not_sent_in_clear()
    {
        var script = new Script(WithPlain);
        script.Session.Connected(isSecure: false, script.Now);

        Assert.Empty(script.Session.TakeLines());
        Assert.True(script.Session.ShouldClose);
    }

    [Fact]
    public void A_nick_in_use_is_replaced_and_regained_when_its_owner_quits()
    {
        var script = new Script();
        script.Run("connect");
        script.Forget();
        script.RunToEnd("""
            < :irc 433 * globot :Nickname is already in use
            > NICK globot_
            < :irc 433 * globot_ :Nickname is already in use
            > NICK globot__
            < :irc 432 * globot__ :Erroneous nickname
            > NICK globot3
            < :irc 001 globot3 :Welcome
            * Registered { Nick = globot3 }
            > JOIN #globenet
            < :globot!x@y QUIT :Ping timeout
            > NICK globot
            < :globot3!g@h NICK globot
            * NickChanged { OldNick = globot3, NewNick = globot }
            """);
        Assert.Equal("globot", script.Session.Nick);
    }

    [Fact]
    public void A_nick_in_use_is_regained_by_monitor()
    {
        var script = new Script();
        script.Play("connect", "< :irc 433 * globot :in use", "< :irc 001 globot_ :hi", "< :irc 005 globot_ MONITOR=100 :are supported");
        script.Forget();
        script.RunToEnd("""
            < :irc 422 globot_ :no motd
            ~ 3
            > MONITOR + globot
            < :irc 731 globot_ :globot
            > NICK globot
            """);
    }

    [Fact]
    public void A_nick_in_use_is_tried_again_ever_more_slowly()
    {
        var script = new Script();
        script.Play("connect", "< :irc 433 * globot :in use", "< :irc 001 globot_ :hi");
        script.Forget();

        for (var i = 0; i < 60; i++)
        {
            script.Advance(30);
            script.Play("< :irc 433 globot_ globot :in use", "< PING :x");
        }

        Assert.InRange(script.Written.Count(w => w.Line == "NICK globot"), 6, 10);
    }

    [Fact]
    public void The_servers_word_on_our_nick_is_the_truth()
    {
        var script = new Script();
        script.Play("connect", "< :irc 001 glob :Welcome");

        Assert.Equal("glob", script.Session.Nick);
    }

    [Fact]
    public void A_lost_account_is_regained_without_leaving()
    {
        var script = new Script(WithPlain);
        script.Play(
            "connect", "< :irc CAP * LS :sasl", "< :irc CAP * ACK :sasl", "< AUTHENTICATE +", "< :irc 903 globot :ok",
            "< :irc 001 globot :hi", "< :globot!g@h JOIN #globenet");
        script.Advance(20);
        script.Forget();
        script.RunToEnd("""
            < :irc 901 globot globot!g@h :You are now logged out
            > AUTHENTICATE PLAIN
            < AUTHENTICATE +
            > AUTHENTICATE AGdsb2JvdABzZWNyZXQ=
            < :irc 903 globot :ok
            """);
        Assert.False(script.Session.ShouldClose);
    }

    private static string Base64(string text) => text.Length == 0 ? "+" : Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    private static void AssertNotIdentified(Script script)
    {
        Assert.True(script.Session.ShouldClose);
        Assert.Equal(CloseCause.NotIdentified, script.Session.Disconnected("lost", script.Now).Cause);
        Assert.DoesNotContain(script.Written, w => w.Line.StartsWith("JOIN", StringComparison.Ordinal));
    }
}

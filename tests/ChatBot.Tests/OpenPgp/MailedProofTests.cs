using System.Text;
using ChatBot.Core.Language;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.OpenPgp;

/// <summary>Proofs that come by mail, true ones and attacks, before a real gpg.</summary>
public sealed class MailedProofTests(GpgHome gpg) : IClassFixture<GpgHome>
{
    private const string Absent = GpgHome.Absent;

    public static bool IsInstalled => GpgHome.IsInstalled;

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_clear_signed_mail_proves_who_somebody_is_and_no_channel_hears_of_it(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        await scene.MailAsync(gpg.Clear(scene.Ask().Sentence));
        await scene.ProvedAsync();
        Assert.Empty(await scene.Engine.RootAsync());
        Assert.Empty(await scene.Engine.PublicAsync());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task However_a_mail_program_encodes_or_wraps_it_it_is_the_same_signature(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        var signed = gpg.Clear(scene.Ask().Sentence);
        var wrapped = signed.Replace(" lunar lunar ", " lunar \nlunar ", StringComparison.Ordinal);
        await scene.MailAsync(
            Convert.ToBase64String(Encoding.UTF8.GetBytes("Bonjour,\n\n" + wrapped + "\n-- \nlunar\n"), Base64FormattingOptions.InsertLineBreaks),
            "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64");
        await scene.ProvedAsync();
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task The_copy_of_a_proof_tells_nobody_anything(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        var signed = gpg.Clear(scene.Ask().Sentence);
        await scene.MailAsync(signed);
        await scene.ProvedAsync();
        await scene.MailAsync(signed);
        await scene.MailAsync(signed, "X-Copy: 2");
        await scene.RefusedAsync("cette phrase a déjà servi", "that sentence has been used already");
        Assert.Empty(await scene.Engine.RootAsync());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task The_sentence_around_a_signature_of_something_else_proves_nothing(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        var sentence = scene.Ask().Sentence;
        await scene.MailAsync(sentence + "\n\n" + gpg.Clear("je pars en vacances") + "\n" + sentence + "\n");
        await scene.RefusedAsWrongTextAsync();
        await scene.MailAsync(gpg.Clear("réponse :\n" + sentence));
        await scene.RefusedAsWrongTextAsync();
        Assert.Null(scene.Who());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Two_signed_texts_are_none_and_one_within_another_is_the_outer_one(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        var signed = gpg.Clear(scene.Ask().Sentence);
        await scene.MailAsync(signed + gpg.Clear("autre chose", "rsa"));
        await scene.RefusedAsync("il y en a plus d'une", "there is more than one");
        await scene.MailAsync(gpg.Clear(signed.TrimEnd(), "stranger"));
        await scene.RefusedAsync("elle vient d'une clé que je ne connais pas à ce nom", "it was made with a key that I do not know for this name");
        Assert.Null(scene.Who());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task PGP_MIME_is_understood(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        await scene.MailAsync(Mime(Part(scene.Ask().Sentence)));
        await scene.ProvedAsync();
        Assert.Empty(await scene.Engine.RootAsync());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task PGP_MIME_counts_by_what_was_signed_and_nothing_else(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        var sentence = scene.Ask().Sentence;
        await scene.MailAsync(Mime(Part("je pars en vacances, vu " + sentence)));
        await scene.RefusedAsWrongTextAsync();
        // Another part in place of the signed one, before it, and in the text that nobody reads.
        var signed = Part("je pars en vacances");
        var signature = Signature(signed);
        await scene.MailAsync(Mime(Part(sentence), signature));
        await scene.RefusedAsWrongTextAsync();
        await scene.MailAsync(Mime($"{Part(sentence)}\r\n--b\r\n{signed}", signature));
        await scene.RefusedAsync("je n'y trouve pas de signature OpenPGP complète", "I find no complete OpenPGP signature in it");
        Assert.Null(scene.Who());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_huge_mail_is_not_verified(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        await scene.MailAsync(new string('x', 70_000) + "\n" + gpg.Clear(scene.Ask().Sentence));
        await scene.RefusedAsync("c'est trop long", "it is too long");
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_mail_for_a_challenge_that_is_too_old_says_so(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        var signed = gpg.Clear(scene.Ask().Sentence);
        scene.Engine.Time.Advance(TimeSpan.FromMinutes(10));
        await scene.MailAsync(signed);
        await scene.RefusedAsync("trop tard pour cette phrase, demandez-en une autre", "too late for that sentence, ask for another one");
        Assert.Empty(await scene.Engine.RootAsync());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_mail_for_somebody_who_has_left_is_told_to_nobody_who_came_after(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        var signed = gpg.Clear(scene.Ask().Sentence);
        scene.LeaveAndReturn("hub.example leaf.example");
        await scene.MailAsync(signed);
        scene.Engine.Time.Advance(TimeSpan.FromSeconds(20));
        scene.Ask();
        scene.Paste(gpg.Detached("autre chose"));
        await scene.RefusedAsWrongTextAsync();
        Assert.Null(scene.Who());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_mail_that_only_speaks_of_a_challenge_is_told_like_any_other(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        var sentence = scene.Ask().Sentence;
        await scene.MailAsync("qui a demandé cela ?\n" + sentence);
        await scene.MailAsync(gpg.Clear("rien à voir"));
        Assert.Equal(2, (await scene.Engine.RootAsync()).Count);
        // Nor does a signature hide what a machine says.
        await scene.Engine.TakeAsync(Nagios.Problem("hal", "POP3", output: sentence + "\n" + gpg.Clear(sentence)));
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(3, (await scene.Engine.RootAsync()).Count);
        Assert.Empty(scene.Engine.Told);
    }

    private static string Part(string text) => $"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n";

    private string Signature(string part)
    {
        // gpg gets a line with its end.
        Assert.EndsWith("\r\n", part, StringComparison.Ordinal);
        return gpg.Detached(part[..^1]);
    }

    private byte[] Mime(string part, string? signature = null) => Encoding.UTF8.GetBytes($"""
        From: lunar <lunar@example.org>
        Subject: auth
        MIME-Version: 1.0
        Content-Type: multipart/signed; micalg=pgp-sha256; protocol="application/pgp-signature"; boundary="b"

        Nobody reads this.
        --b

        """ + part.Replace("\r\n", "\n", StringComparison.Ordinal) + $"""

        --b
        Content-Type: application/pgp-signature; name="signature.asc"

        {signature ?? Signature(part)}
        --b--

        """);
}

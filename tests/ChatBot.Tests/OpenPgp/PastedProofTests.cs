using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Core.People;
using Xunit;

namespace ChatBot.Tests.OpenPgp;

/// <summary>Proofs that are pasted in private, true ones and attacks, before a real gpg.</summary>
public sealed class PastedProofTests(GpgHome gpg) : IClassFixture<GpgHome>
{
    private const string Absent = GpgHome.Absent;

    public static bool IsInstalled => GpgHome.IsInstalled;

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_detached_signature_proves_who_somebody_is(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        var challenge = scene.Ask();
        Assert.Matches(@"^chatbot auth globot localhost lunar lunar \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [0-9a-f]{32}$", challenge.Sentence);
        Assert.Null(scene.Who());
        scene.Paste(gpg.Detached(challenge.Sentence));
        await scene.ProvedAsync();
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData(Locale.French, "--textmode"), InlineData(Locale.French, "--comment", "made by hand"), InlineData(Locale.French, "--emit-version")]
    [InlineData(Locale.English, "--textmode"), InlineData(Locale.English, "--comment", "made by hand"), InlineData(Locale.English, "--emit-version")]
    public async Task Signed_as_text_or_with_headers_it_is_as_good(Locale locale, params string[] options)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        scene.Paste(gpg.Detached(scene.Ask().Sentence, "lunar", options));
        await scene.ProvedAsync();
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_clear_signed_sentence_may_be_pasted_whole(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        scene.Paste(gpg.Clear(scene.Ask().Sentence));
        await scene.ProvedAsync();
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_subkey_of_a_listed_key_signs_for_it(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        scene.Paste(gpg.Detached(scene.Ask("subkeyed").Sentence, "subkeyed"));
        await scene.ProvedAsync("subkeyed");
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_signature_counts_once_and_for_its_own_challenge(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        var signature = gpg.Detached(scene.Ask().Sentence);
        scene.Paste(signature);
        await scene.ProvedAsync();
        Assert.False(scene.Whisper(signature.Split('\n')[0]));

        scene.LeaveAndReturn();
        scene.Engine.Time.Advance(TimeSpan.FromSeconds(20));
        scene.Ask();
        scene.Paste(signature);
        await scene.RefusedAsWrongTextAsync();
        Assert.Null(scene.Who());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData(Locale.French, "lunar", "rsa"), InlineData(Locale.French, "lunar", "stranger")]
    [InlineData(Locale.French, "nobody", "lunar"), InlineData(Locale.French, "keyless", "lunar")]
    [InlineData(Locale.English, "lunar", "rsa"), InlineData(Locale.English, "lunar", "stranger")]
    [InlineData(Locale.English, "nobody", "lunar"), InlineData(Locale.English, "keyless", "lunar")]
    public async Task A_signature_by_another_key_is_refused_and_says_the_same_of_all_names(Locale locale, string name, string signer)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        scene.Paste(gpg.Detached(scene.Ask(name).Sentence, signer));
        await scene.RefusedAsync("elle vient d'une clé que je ne connais pas à ce nom", "it was made with a key that I do not know for this name");
        Assert.Null(scene.Who());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_signature_by_a_key_that_is_revoked_is_refused(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        scene.Paste(gpg.Detached(scene.Ask("revoked").Sentence, "revoked"));
        await scene.RefusedAsync("la clé est révoquée", "the key is revoked");
        Assert.Null(scene.Who());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_signature_by_a_key_that_has_expired_is_refused(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        scene.Paste(gpg.Detached(scene.Ask("expired").Sentence, "expired", "--faked-system-time", GpgHome.Yesterday(3)));
        await scene.RefusedAsync("la clé a expiré", "the key has expired");
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_signature_over_SHA1_is_refused(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        scene.Paste(gpg.Detached(scene.Ask("rsa").Sentence, "rsa", "--digest-algo", "SHA1"));
        await scene.RefusedAsync("elle utilise MD5, SHA-1 ou un autre hachage faible", "it uses MD5, SHA-1 or another weak digest");
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_signature_with_another_time_is_refused(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        var sentence = scene.Ask().Sentence;
        var late = scene.Engine.Time.GetUtcNow().AddMinutes(16).ToString("yyyyMMdd'T'HHmmss", System.Globalization.CultureInfo.InvariantCulture);
        scene.Paste(gpg.Detached(sentence, "lunar", "--faked-system-time", late));
        await scene.RefusedAsync("sa date ne correspond pas à l'heure actuelle ; votre horloge est-elle à l'heure ?", "its date is off; is your clock right?");
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Two_signatures_are_none(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        var sentence = scene.Ask().Sentence;
        var twice = gpg.Detached(sentence, "lunar", "--local-user", "rsa@example.org");
        scene.Paste(twice);
        await scene.RefusedAsync("il y en a plus d'une", "there is more than one");
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_signature_of_a_longer_text_is_refused(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        scene.Paste(gpg.Detached("signez donc\n" + scene.Ask().Sentence));
        await scene.RefusedAsWrongTextAsync();
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_is_no_signature_reaches_no_verifier(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale, program: "/nowhere/gpg");
        scene.Ask();
        // A whole signed message, dressed up as a detached signature.
        scene.Paste("-----BEGIN PGP SIGNATURE-----\n\nyxR0AGNoYXRib3QgYXV0aCBnbG9ib3Q=\n-----END PGP SIGNATURE-----");
        await scene.RefusedAsync("je n'y trouve pas de signature OpenPGP complète", "I find no complete OpenPGP signature in it");
        Assert.True(scene.Whisper(ArmoredSignature.Begin));
        for (var line = 0; line < 10_000; line++)
        {
            Assert.True(scene.Whisper(new string('A', 64)));
        }

        Assert.True(scene.Whisper(ArmoredSignature.End));
        await scene.RefusedAsync("c'est trop long", "it is too long");
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Without_gpg_nobody_is_proved(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale, program: "/nowhere/gpg");
        scene.Paste(gpg.Detached(scene.Ask().Sentence));
        await scene.RefusedAsync("je n'ai pas pu la vérifier ; la raison est dans le journal du bot", "I could not verify it; see the bot's log");
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Tries_are_counted(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        scene.Ask();
        var wrong = gpg.Detached("autre chose");
        for (var i = 0; i < ProofBook.MostTries; i++)
        {
            scene.Paste(wrong);
            await scene.RefusedAsWrongTextAsync();
        }

        scene.Paste(wrong);
        await scene.RefusedAsync("trop d'essais pour cette phrase, demandez-en une autre", "too many tries for that sentence, ask for another one");
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_key_or_a_role_that_is_taken_away_ends_the_right_at_once(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        scene.Paste(gpg.Detached(scene.Ask().Sentence));
        await scene.ProvedAsync();
        Assert.True(scene.Who()!.IsAdmin);
        var settings = scene.Engine.Settings;

        settings.Replace(settings.Value.Settings with { People = new People([new Person { Name = "lunar", Pgp = [gpg.Lunar] }]) });
        Assert.False(scene.Who()!.IsAdmin);
        settings.Replace(settings.Value.Settings with
        {
            People = new People([new Person { Name = "lunar", Roles = [Person.AdminRole], Pgp = [gpg.Rsa] }]),
        });
        Assert.Null(scene.Who());
        settings.Replace(settings.Value.Settings with { People = ProofScene.People(gpg) });
        Assert.True(scene.Who()!.IsAdmin);

        settings.Replace(settings.Value.Settings with { OpenPgp = new OpenPgpSettings("/nowhere", "gpg") });
        scene.Engine.Proofs.Reload();
        Assert.Equal(
            scene.Engine.In(
                "lunar: votre preuve OpenPGP n'est plus valable : la clé n'est plus acceptée",
                "lunar: your OpenPGP proof has ended: the key is no longer accepted"),
            await scene.ToldAsync());
        Assert.Null(scene.Who());
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Whoever_leaves_while_it_is_verified_has_proved_nothing(Locale locale)
    {
        await using var scene = await ProofScene.StartAsync(gpg, locale);
        scene.Paste(gpg.Detached(scene.Ask().Sentence));
        scene.LeaveAndReturn();
        // What comes next in the queue shows that the first is done.
        scene.Engine.Time.Advance(TimeSpan.FromSeconds(20));
        scene.Ask();
        scene.Paste(gpg.Detached("autre chose"));
        await scene.RefusedAsWrongTextAsync();
        Assert.Null(scene.Who());
    }
}

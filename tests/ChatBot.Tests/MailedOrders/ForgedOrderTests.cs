using System.Text;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Tests.OpenPgp;
using Xunit;
using static ChatBot.Tests.MailedOrders.DoorScene;

namespace ChatBot.Tests.MailedOrders;

/// <summary>Mails whose signature must not count, before a real gpg: each is refused for its own reason, and does nothing.</summary>
public sealed class ForgedOrderTests(GpgHome gpg) : IClassFixture<GpgHome>
{
    private static readonly Dictionary<string, (OrderRefusal Why, Func<DoorScene, GpgHome, byte[]> Mail)> Forged = new()
    {
        ["no signature"] = (OrderRefusal.NotSigned, (scene, _) => scene.Mail(Ask)),
        ["text before"] = (OrderRefusal.TextOutside, (scene, gpg) => scene.Mail("ack 1\n" + gpg.Clear(Ask))),
        ["text after"] = (OrderRefusal.TextOutside, (scene, gpg) => scene.Mail(gpg.Clear(Ask) + "\nlog hal moi aussi\n")),
        ["two blocks"] = (OrderRefusal.MoreThanOne, (scene, gpg) => scene.Mail(gpg.Clear(Ask) + gpg.Clear(Ask, "subkeyed"))),
        ["a block in a block"] = (OrderRefusal.NamesNobody, (scene, gpg) => scene.Mail(gpg.Clear(gpg.Clear(Ask, "subkeyed").TrimEnd()))),
        ["two signatures"] = (OrderRefusal.MoreThanOne, (scene, gpg) => scene.Mail(gpg.Clear(Ask, "lunar", "--local-user", "subkeyed@example.org"))),
        ["two signatures, PGP/MIME"] = (OrderRefusal.MoreThanOne, (scene, gpg) => scene.Mime(
            Part(Ask), gpg.Detached(Part(Ask).ReplaceLineEndings("\r\n")[..^1], "lunar", "--local-user", "subkeyed@example.org"))),
        ["a user identifier that says VALIDSIG"] = (OrderRefusal.KeyOfNobody, (scene, gpg) => scene.Mail(gpg.Clear(Ask, "tricky"))),
        ["an expired key"] = (OrderRefusal.ExpiredKey, (scene, gpg) => scene.Mail(gpg.Clear(Ask, "expired", "--faked-system-time", GpgHome.Yesterday(3)), "expired")),
        ["an expired subkey"] = (OrderRefusal.ExpiredKey, (scene, gpg) => scene.Mail(
            gpg.Clear(Ask, "subkey-expired", "--faked-system-time", GpgHome.Yesterday(3)), "subkey-expired")),
        ["a revoked key"] = (OrderRefusal.RevokedKey, (scene, gpg) => scene.Mail(gpg.Clear(Ask, "revoked"), "revoked")),
        ["an unknown key"] = (OrderRefusal.UnknownKey, (scene, gpg) => scene.Mail(gpg.Clear(Ask, "stranger"))),
        ["a key of two people"] = (OrderRefusal.KeyOfSeveral, (scene, gpg) => scene.Mail(gpg.Clear(Ask, "rsa"), "rsa")),
        ["a key of another"] = (OrderRefusal.KeyOfAnother, (scene, gpg) => scene.Mail(gpg.Clear(Ask, "subkeyed"))),
        ["no admin"] = (OrderRefusal.NotAdmin, (scene, gpg) => scene.Mail(gpg.Clear(Ask, "reader"), "reader")),
        ["SHA-1"] = (OrderRefusal.WeakDigest, (scene, gpg) => scene.Mail(gpg.Clear(Ask, "rsa", "--digest-algo", "SHA1"), "rsa")),
        ["an expired signature"] = (OrderRefusal.ExpiredSignature, (scene, gpg) => scene.Mail(
            gpg.Clear(Ask, "expired", "--faked-system-time", GpgHome.Yesterday(3), "--default-sig-expire", "1d"), "expired")),
        ["another bot"] = (OrderRefusal.OtherBot, (scene, gpg) => scene.Mail(gpg.Clear("pour autre@example.net\nack 1"))),
        ["no bot, below a line that names one"] = (OrderRefusal.NamesNobody, (scene, gpg) => scene.Mail(gpg.Clear("ack 1\n" + Ask))),
        ["an altered byte"] = (OrderRefusal.Altered, (scene, gpg) => scene.Mail(gpg.Clear(Ask).Replace("ack 1", "ack 2", StringComparison.Ordinal))),
        ["an added line"] = (OrderRefusal.Altered, (scene, gpg) => scene.Mail(gpg.Clear(Ask).Replace("ack 1", "mute hal 2h\nack 1", StringComparison.Ordinal))),
        ["a line in the armor header"] = (OrderRefusal.NotVerified, (scene, gpg) => scene.Mail(
            gpg.Clear(Ask).Replace("\n\n", $"\n{Ask}\n\n", StringComparison.Ordinal))),
        ["encrypted in the text"] = (OrderRefusal.Encrypted, (scene, gpg) => scene.Mail(Asking("") + "\n" + gpg.Encrypted(Ask))),
        ["encrypted by PGP/MIME"] = (OrderRefusal.Encrypted, (scene, gpg) => scene.Mail(
            $"--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\n{gpg.Encrypted(Ask)}\n--b--\n",
            head: "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=\"b\"")),
        ["encrypted in the text alone"] = (OrderRefusal.Encrypted, (scene, gpg) => scene.Mail(gpg.Encrypted(Ask))),
        ["encrypted, as Exchange rewrites it"] = (OrderRefusal.Encrypted, (scene, gpg) => scene.Mail(
            $"--b\nContent-Type: text/plain\n\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; name=\"encrypted.asc\"\n\n{gpg.Encrypted(Ask)}\n--b--\n",
            head: "Content-Type: multipart/mixed; boundary=\"b\"")),
        ["signed around what is encrypted"] = (OrderRefusal.Encrypted, (scene, gpg) => scene.Mime(
            $"Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=\"a\"\n\n--a\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--a\nContent-Type: application/octet-stream\n\n{gpg.Encrypted(Ask)}\n--a--\n")),
        ["a diff below the commands"] = (OrderRefusal.HoldsDiff, (scene, gpg) => scene.Mail(gpg.Clear(Ask + "\n\n" + Diff))),
        ["a diff below the commands, PGP/MIME"] = (OrderRefusal.HoldsDiff, (scene, _) => scene.Mime(Part(Ask + "\n\n" + Diff))),
        ["a diff beside the commands"] = (OrderRefusal.OtherParts, (scene, _) => scene.Mime(
            $"Content-Type: multipart/mixed; boundary=\"a\"\n\n--a\n{Part(Ask)}\n--a\n{Part(Diff, "text/x-diff")}\n--a--\n")),
        ["detached over another text"] = (OrderRefusal.Altered, (scene, gpg) => scene.Mime(Part(Ask), gpg.Detached("autre chose"))),
        ["a second part"] = (OrderRefusal.TextOutside, (scene, _) => scene.Mime(Part(Ask), between: Part("log hal moi aussi") + "\n--b\n")),
        ["a preamble"] = (OrderRefusal.TextOutside, (scene, _) => scene.Mime(Part(Ask), before: "mute hal 2h\n")),
        ["an epilogue"] = (OrderRefusal.TextOutside, (scene, _) => scene.Mime(Part(Ask), after: "\nmute hal 2h\n")),
        ["HTML beside the text"] = (OrderRefusal.OtherParts, (scene, _) => scene.Mime(
            $"Content-Type: multipart/alternative; boundary=\"a\"\n\n--a\n{Part(Ask)}\n--a\n{Part("<p>mute hal 2h</p>", "text/html")}\n--a--\n")),
        ["a file beside the text"] = (OrderRefusal.OtherParts, (scene, _) => scene.Mime(
            $"Content-Type: multipart/mixed; boundary=\"a\"\n\n--a\n{Part(Ask)}\n--a\n{Part("x", "application/octet-stream")}\n--a--\n")),
        ["HTML beside the block"] = (OrderRefusal.TextOutside, (scene, gpg) => scene.Mail(
            $"--a\n{Part(gpg.Clear(Ask))}\n--a\n{Part("<p>mute hal 2h</p>", "text/html")}\n--a--\n", head: "Content-Type: multipart/alternative; boundary=\"a\"")),
        ["a list's footer beside the block"] = (OrderRefusal.TextOutside, (scene, gpg) => scene.Mail(
            $"--a\n{Part(gpg.Clear(Ask))}\n--a\n{Part("liste root")}\n--a--\n", head: "Content-Type: multipart/mixed; boundary=\"a\"")),
        ["a signature that is no OpenPGP"] = (OrderRefusal.NotSigned, (scene, gpg) => scene.Mime(
            Part(Ask), gpg.Detached(Ask), protocol: "application/pkcs7-signature")),
        ["a key in place of the signature"] = (OrderRefusal.NotSigned, (scene, gpg) => scene.Mail(
            gpg.Clear(Ask).Replace("PGP SIGNATURE", "PGP PUBLIC KEY BLOCK", StringComparison.Ordinal))),
        ["too long"] = (OrderRefusal.TooLong, (scene, gpg) => scene.Mail(gpg.Clear(Ask + "\n\n" + string.Concat(Enumerable.Repeat("ligne sans fin\n", 5000))))),
    };

    private const string Diff = "--- a/shadow\n+++ b/shadow\n@@ -1 +1 @@\n-root:secret\n+root:geheim";

    private static string Ask => Asking("ack 1 je regarde");

    public static bool IsInstalled => GpgHome.IsInstalled;

    public static TheoryData<string> Names => [.. Forged.Keys];

    [Theory(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled)), MemberData(nameof(Names))]
    public async Task A_forged_mail_does_nothing_and_its_answer_says_why(string name)
    {
        await using var scene = await StartAsync(gpg);
        var (why, mail) = Forged[name];
        await scene.Engine.TakeAsync(scene.Engine.Mail(mail(scene, gpg), closed: false));
        if (name.StartsWith("a diff", StringComparison.Ordinal))
        {
            // Not a byte of it is stored, not even until it is answered.
            Assert.Equal(1, await scene.Engine.AskAsync("SELECT COUNT(*) FROM mail_order WHERE content = ''"));
        }

        await scene.ArriveAsync();
        await RefusedAsync(scene, why);
    }

    [Fact(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled))]
    public async Task An_old_signature_does_nothing()
    {
        await using var scene = await StartAsync(gpg);
        scene.Engine.Time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(1));
        await scene.SendAsync("ack 1");
        await RefusedAsync(scene, OrderRefusal.TooOld);
    }

    [Fact(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_signature_of_the_future_does_nothing()
    {
        await using var scene = await StartAsync(gpg);
        scene.Engine.Jump(TimeSpan.FromMinutes(-62));
        await scene.SendAsync("ack 1");
        await RefusedAsync(scene, OrderRefusal.InFuture);
    }

    [Fact(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_signature_that_comes_again_does_nothing_however_it_is_encoded()
    {
        await using var scene = await StartAsync(gpg);
        var signed = gpg.Clear(Asking("log hal relancé"));
        await scene.ArriveAsync(scene.Mail(signed));
        await scene.ArriveAsync(scene.Mail(
            Convert.ToBase64String(Encoding.UTF8.GetBytes(signed.ReplaceLineEndings(" \r\n").Replace("----- \r\n", "-----\r\n", StringComparison.Ordinal)), Base64FormattingOptions.InsertLineBreaks),
            head: "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64"));
        var answers = await scene.AnswersAsync();
        Assert.Equal(2, answers.Count);
        Assert.Contains(OrderRefusals.Sentence(OrderRefusal.Repeated).French, TextOf(answers[1]), StringComparison.Ordinal);
        Assert.Equal(1, await scene.Engine.AskAsync("SELECT COUNT(*) FROM changelog_entry"));
    }

    [Fact]
    public void Every_reason_has_words_of_its_own()
    {
        var sentences = Enum.GetValues<OrderRefusal>().Select(OrderRefusals.Sentence).ToList();
        Assert.Equal(sentences.Count, sentences.Select(one => one.French).Distinct().Count());
        Assert.Equal(sentences.Count, sentences.Select(one => one.English).Distinct().Count());
    }

    private static async Task RefusedAsync(DoorScene scene, OrderRefusal why)
    {
        var row = Assert.Single(await scene.EveryAnswerAsync());
        Assert.Contains($"Rien n'est fait : {OrderRefusals.Sentence(why).French}.", row, StringComparison.Ordinal);
        Assert.Contains("\npour globot@globenet.org\nping\n--", row, StringComparison.Ordinal);
        Assert.Equal(0, await scene.AcknowledgedAsync());
        Assert.Equal(0, await scene.Engine.AskAsync("SELECT (SELECT COUNT(*) FROM mute) + (SELECT COUNT(*) FROM changelog_entry) + (SELECT COUNT(*) FROM mail_order)"));
    }
}

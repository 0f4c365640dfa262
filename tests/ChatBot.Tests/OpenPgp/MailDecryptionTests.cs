using ChatBot.Configuration;
using ChatBot.Core.Text;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.OpenPgp;

/// <summary>Reports that a machine encrypts, opened by the real gpg.</summary>
public sealed class MailDecryptionTests(GpgHome gpg) : IClassFixture<GpgHome>
{
    private const string Report = "Changelogs\n==========\n\n> 2026-11-20 - mag\n>   * relais coup\u00e9\n\nChanged files\n=============\n\n> -rw-r--r-- 1 root root 17 Nov 22 21:07 etc/mailname";

    public static bool IsInstalled => GpgHome.IsInstalled;

    [Fact(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_report_that_is_encrypted_to_the_bot_is_read_for_the_root_group()
    {
        await using var engine = await StartAsync(gpg.Home);
        await engine.TakeAsync(Encrypted(engine, gpg.Encrypted(Report)));
        var line = Assert.Single(await engine.RootAsync());
        Assert.Contains("/etc/mailname", line, StringComparison.Ordinal);
        Assert.DoesNotContain("mailname", string.Concat(await engine.PublicAsync()), StringComparison.Ordinal);
        var entry = Assert.Single(await engine.Changelog.LatestAsync("hal", 5, CancellationToken.None));
        Assert.Equal(("mag", "relais coup\u00e9", Audience.Root), (entry.WrittenBy.Value, entry.Text.Text.Value, entry.Text.SaidTo));
    }

    [Theory(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled)), InlineData("no key"), InlineData("altered"), InlineData("nothing"), InlineData("again encrypted")]
    public async Task What_no_key_opens_stays_a_change_whose_details_are_encrypted(string which)
    {
        using var empty = new TemporaryFolder();
        await using var engine = await StartAsync(which == "no key" ? empty.Path : gpg.Home);
        var armored = gpg.Encrypted(which == "again encrypted" ? gpg.Encrypted(Report) : Report);
        await engine.TakeAsync(Encrypted(engine, which switch
        {
            "altered" => armored[..200] + (armored[200] == 'A' ? 'B' : 'A') + armored[201..],
            "nothing" => "-----BEGIN PGP MESSAGE-----\n\nx\n-----END PGP MESSAGE-----\n",
            _ => armored,
        }));
        Assert.Contains("rapport chiffr\u00e9", Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
        Assert.Empty(await engine.Changelog.LatestAsync("hal", 5, CancellationToken.None));
    }

    [Fact(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled))]
    public async Task What_a_stranger_encrypts_is_not_opened()
    {
        await using var engine = await StartAsync(gpg.Home);
        await engine.OfferAsync(engine.Mail(Encrypted(engine, gpg.Encrypted(Report)).Replace("from userid 0", "from somewhere", StringComparison.Ordinal), closed: false));
        Assert.Empty(await engine.Changelog.LatestAsync("hal", 5, CancellationToken.None));
        Assert.DoesNotContain("mailname", string.Concat(await engine.RootAsync()), StringComparison.Ordinal);
    }

    private Task<Engine> StartAsync(string home) => Engine.StartAsync(settings => settings with { OpenPgp = new OpenPgpSettings(gpg.Keys, "gpg") { DecryptHome = home } });

    private static string Encrypted(Engine engine, string body)
    {
        var mail = Metche.Stable("hal", engine.Time.GetUtcNow()).Replace("stable-", "testing-", StringComparison.Ordinal);
        return mail[..(mail.IndexOf("\n\n", StringComparison.Ordinal) + 2)] + body;
    }
}

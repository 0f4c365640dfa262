using ChatBot.Demo;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Demo;

/// <summary>The mails of the demo are those of its scenes, and of this moment.</summary>
public sealed class DemoMailsTests
{
    private static readonly DateTimeOffset Now = new(2027, 2, 3, 4, 5, 6, TimeSpan.Zero);

    public static TheoryData<string> Numbers { get; } = [.. DemoMails.All];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task A_mail_is_dated_when_it_arrives(string number)
    {
        var mail = await DemoMails.ReadAsync(number, Now, TestContext.Current.CancellationToken);

        Assert.Contains("\nDate: Wed, 03 Feb 2027 04:05:06 +0000\n", mail.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("2026", mail, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\{[a-z]+\}", mail);
    }

    [Fact]
    public void Every_mail_has_its_scene() =>
        Assert.Equal(DemoMails.All, DemoScene.Troubles.Concat(DemoScene.Ends).SelectMany(scene => scene.Mails));

    [Fact]
    public async Task What_goes_wrong_ends()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(Now);
        foreach (var number in DemoMails.All)
        {
            await DemoMails.DeliverAsync(number, folder["mail"], time, TextWriter.Null, TestContext.Current.CancellationToken);
        }

        var subjects = Directory.GetFiles(folder["mail/new"])
            .Select(file => File.ReadLines(file).First(line => line.StartsWith("Subject: ", StringComparison.Ordinal))).ToList();
        Assert.Equal(subjects.Count(one => one.Contains("PROBLEM", StringComparison.Ordinal)), subjects.Count(one => one.Contains("RECOVERY", StringComparison.Ordinal)));
    }
}

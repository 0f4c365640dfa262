using ChatBot.Core.Commands;
using ChatBot.Tests.OpenPgp;
using Xunit;
using static ChatBot.Tests.MailedOrders.DoorScene;

namespace ChatBot.Tests.MailedOrders;

/// <summary>Answers to the mail of an alert without an OpenPGP signature, where the group takes nothing else.</summary>
public sealed class UnsignedReplyTests(GpgHome gpg) : IClassFixture<GpgHome>
{
    private const string Absent = GpgHome.Absent;

    public static bool IsInstalled => GpgHome.IsInstalled;

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("ack 2h je regarde")]
    [InlineData("ping")]
    [InlineData($"pour {Own}\nack 1 je regarde")]
    public async Task A_command_is_refused_with_help_once_an_hour(string text)
    {
        await using var scene = await StartAsync(gpg);
        await scene.ArriveAsync(Reply(scene, text));
        await scene.ArriveAsync(Reply(scene, text));
        Assert.Equal(0, await scene.AcknowledgedAsync());
        Assert.Contains(OrderRefusals.Sentence(OrderRefusal.NotSigned).French, await scene.AnswerAsync(), StringComparison.Ordinal);
        Assert.Single(await scene.Engine.RootAsync(), line => line.Contains("rien n'est fait", StringComparison.Ordinal));
        Assert.Empty(scene.Engine.Dns.Asked);
    }

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    [InlineData("Je m'en occupe, je redémarre le POP.", "X-Note: none")]
    [InlineData("Prends ton temps.", "X-Note: none")]
    [InlineData("ack 2h je regarde", "Auto-Submitted: auto-replied")]
    [InlineData("ack 2h je regarde", "X-Autoreply: yes")]
    public async Task Free_text_and_the_answer_of_a_program_are_refused_nothing(string text, string field)
    {
        await using var scene = await StartAsync(gpg);
        await scene.ArriveAsync(Reply(scene, text, field));
        Assert.Empty(await scene.AnswersAsync());
        Assert.DoesNotContain(await scene.Engine.RootAsync(), line => line.Contains("rien n'est fait", StringComparison.Ordinal));
    }

    private static byte[] Reply(DoorScene scene, string text, string field = "X-Note: none") => scene.Mail(
        text + "\n", head: $"In-Reply-To: {scene.AlertId}\n{field}\nContent-Type: text/plain; charset=utf-8", subject: "Re: ** PROBLEM Service Alert: hal/POP3 is CRITICAL **");
}

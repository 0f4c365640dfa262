using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary><c>chatbot digest</c> on a store that an archive filled.</summary>
public sealed class DigestCommandTests : IDisposable
{
    private const string Channel = """
        locale = "fr"
        timezone = "Europe/Paris"
        data = "data"
        machines = "machines.toml"
        people = "people.toml"
        [irc]
        servers = ["irc.example.org:6697"]
        nick = "globot"
        [[irc.channels]]
        name = "#example"
        audience = "public"
        [mail]
        mx = "mail.example.org"
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_prints_the_digest_and_changes_nothing()
    {
        var config = _folder.Write("chatbot.toml", Channel);
        _folder.Write("machines.toml", "[[machine]]\nname = \"hal\"\nnames = [\"hal.globenet.org\"]\n");
        _folder.Write("people.toml", "");
        Assert.Equal(1, (await ChatBotProgram.RunAsync([], "digest", "--config", config)).ExitCode);
        Assert.Equal(1, (await ChatBotProgram.RunAsync([], "digest", "--since", "soon", "--config", config)).ExitCode);

        Assert.Equal(0, (await ChatBotProgram.RunAsync([], "import", "--trusted", "--config", config, _folder.Write("one.eml", Nagios.Written(RealClock.Instance.GetUtcNow().AddHours(-2))))).ExitCode);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var outcome = await ChatBotProgram.RunAsync([], "digest", "--since", "1d", "--config", config);
            Assert.True(outcome.ExitCode == 0, outcome.Errors);
            Assert.StartsWith("Résumé : ", outcome.Output, StringComparison.Ordinal);
            Assert.All(outcome.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 72));
            Assert.Contains("\n1 alerte terminée sans avoir été annoncée", outcome.Output, StringComparison.Ordinal);
        }
    }
}

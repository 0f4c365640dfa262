using System.Text;
using System.Text.Json;
using ChatBot.Metrics;
using ChatBot.Tests.Configuration;
using Xunit;
using Sample = ChatBot.Tests.Mail.Sample;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The calls of the program that end by themselves.</summary>
public sealed class CommandLineTests
{
    private static readonly string[] Keys =
        ["file", "source", "kind", "machine", "service", "state", "when", "severity", "public", "root"];

    private static string Example => Path.Combine(Repository.Config, "chatbot.toml");

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "--version")]
    [InlineData(0, "run", "--help")]
    [InlineData(0, "classify", "--help")]
    [InlineData(2)]
    [InlineData(2, "dance")]
    [InlineData(2, "--no-such-option")]
    [InlineData(2, "check", "--no-such-option")]
    [InlineData(2, "check", "--config")]
    [InlineData(2, "check", "superfluous")]
    [InlineData(2, "classify")]
    public async Task A_call_ends_as_the_contract_says(int exitCode, params string[] arguments)
    {
        var outcome = await ChatBotProgram.RunAsync([], arguments);
        Assert.True(exitCode == outcome.ExitCode, $"{outcome}");
        Assert.NotEqual("", exitCode == 0 ? outcome.Output : outcome.Errors);
        Assert.Equal("", exitCode == 0 ? outcome.Errors : outcome.Output);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("check", "--config", "EXAMPLE")]
    [InlineData("changelog", "read", "EXAMPLE")]
    [InlineData("classify", "--config", "EXAMPLE", "EXAMPLE")]
    public async Task A_full_disk_behind_its_output_is_no_bug(params string[] arguments)
    {
        var outcome = await ChatBotProgram.RunRedirectedAsync("> /dev/full", [.. arguments.Select(word => word == "EXAMPLE" ? Example : word)]);
        Assert.True(outcome.ExitCode == 75, $"{outcome}");
        Assert.Matches(@"^chatbot ?: .*No space left on device\n$", outcome.Errors);
    }

    [Theory]
    [InlineData("classify", "--config", "EXAMPLE", "-")]
    [InlineData("changelog", "read", "-")]
    [InlineData("deliver", "--config", "EXAMPLE")]
    public async Task Without_standard_input_it_says_so(params string[] arguments)
    {
        // The runtime that compiles as it runs opens a file of its own in that place.
        Assert.SkipUnless(ChatBotProgram.Call is [_], "CHATBOT_BINARY names no native program");
        var outcome = await ChatBotProgram.RunRedirectedAsync("<&-", [.. arguments.Select(word => word == "EXAMPLE" ? Example : word)]);
        Assert.True(outcome.ExitCode is 1 or 75, $"{outcome}");
        Assert.Contains("standard input is closed", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("bug", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(75, "<&- 2>&-", "deliver", "--config", "EXAMPLE")]
    [InlineData(75, "<&- >&-", "deliver", "--config", "EXAMPLE")]
    [InlineData(0, "<&- >&-", "check", "--config", "EXAMPLE")]
    [InlineData(75, ">&-", "--version")]
    [InlineData(75, ">&-", "check", "--config", "EXAMPLE")]
    [InlineData(75, ">&-", "classify", "--config", "EXAMPLE", "EXAMPLE")]
    [InlineData(2, "2>&-", "dance")]
    public async Task Closed_streams_end_no_call_by_a_signal(int exitCode, string redirection, params string[] arguments)
    {
        Assert.SkipUnless(ChatBotProgram.Call is [_], "CHATBOT_BINARY names no native program");
        var outcome = await ChatBotProgram.RunRedirectedAsync(redirection, [.. arguments.Select(word => word == "EXAMPLE" ? Example : word)]);
        Assert.True(exitCode == outcome.ExitCode, $"{outcome}");
        Assert.DoesNotContain("bug", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_names_the_SQLite_that_is_part_of_the_program()
    {
        var lines = (await ChatBotProgram.RunAsync([], "--version")).Output.Split('\n');
        Assert.Equal(BotMetrics.Version, lines[0]);
        // The native binary has another than these tests.
        Assert.Matches(@"^SQLite 3\.\d+\.\d+$", lines[1]);
    }

    [Fact]
    public async Task A_second_bot_on_a_data_folder_is_refused_before_it_speaks_and_the_other_calls_run_beside_the_first()
    {
        Assert.SkipWhen(!NgircdServer.IsInstalled(), "ngircd is not installed");
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var home = new BotHome(irc.Port);
        await using var bot = await RunningBot.StartAsync(home);

        await using var second = RunningBot.Start(home);
        Assert.Equal(75, await second.ExitCodeAsync());
        Assert.Contains($"another bot uses this data folder (process {bot.Id})", second.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Connecting", second.Log, StringComparison.Ordinal);

        Assert.Equal(0, (await ChatBotProgram.RunAsync(Mails.Problem(), "deliver", "--config", home.ConfigurationFile)).ExitCode);
        await alice.HearAsync("[hal] IMAP WARNING — #1");
        Assert.Equal(0, (await ChatBotProgram.RunAsync([], "send", "--config", home.ConfigurationFile, "--machine", "hal", "--service", "raid", "--kind", "alert", "panne")).ExitCode);
        await alice.HearAsync("[hal] raid");
        var archive = home.WriteFile("archive.eml", System.Text.Encoding.UTF8.GetString(Mails.Problem("PAST")));
        Assert.Equal(0, (await ChatBotProgram.RunAsync([], "import", "--config", home.ConfigurationFile, "--trusted", archive)).ExitCode);
        Assert.Equal(3, home.Ask<long>("SELECT COUNT(*) FROM incident"));
        Assert.False(bot.HasEnded);

        await bot.KillAsync();
        await using var next = await RunningBot.StartAsync(home);
        Assert.False(next.HasEnded);
    }

    [Fact]
    public async Task A_right_configuration_is_right()
    {
        var outcome = await ChatBotProgram.RunAsync([], "check", "--config", Example);
        Assert.True(outcome.ExitCode == 0, $"{outcome}");
        Assert.Contains("join #globenet: public, greet newcomers", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("run")]
    [InlineData("classify", "-")]
    public async Task A_broken_configuration_is_refused_with_the_place(string command, params string[] arguments)
    {
        using var home = new BotHome(1);
        home.WriteFile("chatbot.toml", (await File.ReadAllTextAsync(home.ConfigurationFile)).Replace("locale = \"fr\"", "locale = 3", StringComparison.Ordinal));
        var outcome = await ChatBotProgram.RunAsync([], [command, "--config", home.ConfigurationFile, .. arguments]);
        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith($"{home.ConfigurationFile}:1: ", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_that_is_not_there_is_refused()
    {
        var outcome = await ChatBotProgram.RunAsync([], "check", "--config", "/nowhere/chatbot.toml");
        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith("/nowhere/chatbot.toml: ", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_mail_of_a_folder_is_classified_as_one_object_a_line()
    {
        using var folder = new TemporaryFolder();
        foreach (var sample in Sample.All)
        {
            await File.WriteAllBytesAsync(folder[sample.Name + ".eml"], sample.Bytes);
        }

        var outcome = await ChatBotProgram.RunAsync([], "classify", "--json", "--config", Example, folder.Path);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        var objects = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(Sample.All.Select(sample => folder[sample.Name + ".eml"]), objects.Select(one => one.GetProperty("file").GetString()));
        Assert.All(objects, one => Assert.Equal(Keys, one.EnumerateObject().Select(property => property.Name)));
        foreach (var (sample, one) in Sample.All.Zip(objects))
        {
            AssertReported(one, "public", sample.Strings("in_public"), sample.Strings("never_public"));
            AssertReported(one, "root", sample.Strings("in_root"), sample.Strings("never_root"));
        }
    }

    [Fact]
    public async Task A_mail_is_classified_from_standard_input()
    {
        var outcome = await ChatBotProgram.RunAsync(Sample.Named("012-").Bytes, "classify", "--json", "--config", Example, "-");
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        var one = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal(("-", "sud", "POP3", "CRITICAL"), (Text("file"), Text("machine"), Text("service"), Text("state")));

        string? Text(string key) => one.GetProperty(key).GetString();
    }

    [Fact]
    public async Task Mails_are_classified_and_imported_without_the_secrets_of_the_configuration()
    {
        using var home = new BotHome(1);
        home.WriteFile("chatbot.toml", (await File.ReadAllTextAsync(home.ConfigurationFile)).Replace("[irc]\n", "[irc]\npassword_file = \"none\"\n", StringComparison.Ordinal));
        var archive = home.WriteFile("archive.eml", Encoding.UTF8.GetString(Mails.Problem("PAST")));

        Assert.Contains("`password_file` names no file", (await ChatBotProgram.RunAsync([], "check", "--config", home.ConfigurationFile)).Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await ChatBotProgram.RunAsync([], "classify", "--config", home.ConfigurationFile, archive)).ExitCode);
        var imported = await ChatBotProgram.RunAsync(
            [], ["import", "--config", home.ConfigurationFile, "--trusted", archive], new Dictionary<string, string> { ["LC_ALL"] = "fr_FR.UTF-8" });
        Assert.Equal("1 mails lus sur 1 : 1 incidents, 0 modifications et 0 entrées de changelog ajoutés ; 0 déjà connus, 0 illisibles, 0 non crus\n", imported.Output);
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_reported_and_the_others_are_classified()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["a.eml"], Sample.Named("012-").Bytes);
        var outcome = await ChatBotProgram.RunAsync([], "classify", "--json", "--config", Example, folder["none.eml"], folder["a.eml"]);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("none.eml", outcome.Errors, StringComparison.Ordinal);
        Assert.Single(outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_demo_shows_the_bot_at_work_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var input = Encoding.UTF8.GetBytes("!status hal\n!ack 1 je regarde\n/join marie\n!status hal\n");
        var outcome = await ChatBotProgram.RunAsync(
            input, ["demo"], new Dictionary<string, string> { ["TMPDIR"] = folder.Path, ["LC_ALL"] = "fr_FR.UTF-8" });
        Assert.True(outcome.ExitCode == 0, $"{outcome}");
        Assert.Empty(outcome.Errors);
        Assert.Matches(@"<globot> \[hal\] ", outcome.Output);
        Assert.Contains("#globenet │ <globot> [sud] modifié", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"#root +│ <globot> \[sud\] .*/etc/passwd", outcome.Output);
        Assert.DoesNotMatch(@"#globenet │ <globot> .*/etc/passwd", outcome.Output);
        Assert.Matches(@"#globenet │ <globot> \[hal\] .* après une modification", outcome.Output);
        Assert.Contains("(fin de la soirée : 12 mails reçus, ", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"<globot> (?:vous: )?hal \(no-log\) : ", outcome.Output);
        Assert.Contains("pris par vous « je regarde » jusqu'à", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("<globot → marie> Bonjour marie, bienvenue sur #globenet", outcome.Output, StringComparison.Ordinal);
        foreach (var secret in Sample.Named("087-").Strings("never_root"))
        {
            Assert.DoesNotContain(secret, outcome.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(folder.Path), path => path.Contains("chatbot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_demo_speaks_English_to_all_others()
    {
        var outcome = await ChatBotProgram.RunAsync([], ["demo"], new Dictionary<string, string> { ["LC_ALL"] = "de_DE.UTF-8" });
        Assert.True(outcome.ExitCode == 0, $"{outcome}");
        Assert.Contains("#globenet │ <globot> [hal] ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("(end of the evening: 12 mails received, ", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("soirée", outcome.Output, StringComparison.Ordinal);
    }

    private static void AssertReported(JsonElement one, string audience, IEnumerable<string> those, IEnumerable<string> never)
    {
        var said = one.GetProperty(audience).GetString() ?? "";
        Assert.All(never, secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
        Assert.All(those, fact => Assert.True(said.Contains(fact, StringComparison.Ordinal), $"{one.GetProperty("file")}: no “{fact}” in {audience}: {said}"));
    }
}

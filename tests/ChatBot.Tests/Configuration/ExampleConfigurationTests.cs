using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Configuration;
using ChatBot.Tests.EndToEnd;
using Xunit;

namespace ChatBot.Tests.Configuration;

/// <summary>
/// The example in <c>config/</c> is the documentation of the configuration: it loads, and it leaves nothing out.
/// </summary>
public sealed partial class ExampleConfigurationTests : IDisposable
{
    private const string Stranger = "zzzzzzzzzzzz";
    private static readonly string[] Files = ["chatbot.toml", "machines.toml", "people.toml"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_example_is_right_as_it_stands()
    {
        var (code, output, errors) = RunCheck(Example);

        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.Contains("join #globenet: public, greet newcomers, states in colour\n", output, StringComparison.Ordinal);
        Assert.Contains("join #globenet-root: root\n", output, StringComparison.Ordinal);
        Assert.Contains("read Maildir /var/lib/chatbot/Maildir\n", output, StringComparison.Ordinal);
        Assert.Contains("know 9 machines and 1 person, 1 admin among them\n", output, StringComparison.Ordinal);
        Assert.Contains("public channels get: ", output, StringComparison.Ordinal);
        Assert.Contains("root channels get: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_listens_to_nobody_but_this_machine()
    {
        Assert.True(IPAddress.IsLoopback(Load(Example).Settings!.Web!.Listen.Address));
    }

    [Fact]
    public void Every_setting_left_out_of_the_example_is_right_once_its_sign_is_removed()
    {
        var path = WriteWhole(line => line);

        Assert.Empty(Load(path).Mistakes);
    }

    [Fact]
    public void Every_key_there_is_stands_in_the_example_with_a_comment()
    {
        var known = KnownKeys();
        var written = Files.SelectMany(Explained).ToHashSet();

        Assert.True(known.Count > 60, $"Only {known.Count} keys are known.");
        Assert.All(known, key => Assert.Contains(key, written));
    }

    [Fact]
    public void The_welcome_is_short_in_both_languages()
    {
        var welcome = Load(Example).Settings!.Welcome;

        Assert.Equal(welcome.French.Count, welcome.English.Count);
        Assert.InRange(welcome.French.Count, 1, 5);
        Assert.All(welcome.French.Concat(welcome.English), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, 350));
    }

    [Fact]
    public void Check_lists_every_mistake_and_nothing_else()
    {
        var path = _folder.Write("chatbot.toml", "locale = \"de\"\n");

        var (code, output, errors) = RunCheck(path);

        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.Equal(Load(path).Mistakes.Select(mistake => mistake.ToString()), errors.TrimEnd('\n').Split('\n'));
    }

    private static string Example => Path.Combine(Repository.Config, "chatbot.toml");

    [Theory]
    [InlineData("warm", "wait on IRC as globot2, in no channel, while another bot speaks from the same database")]
    [InlineData("cold", "wait off IRC while another bot speaks from the same database")]
    public void Check_says_how_the_bot_waits_for_another(string how, string said)
    {
        var path = WriteWhole(line => line.StartsWith("provider", StringComparison.Ordinal)
            ? $"provider = \"postgresql\"\nconnection = \"Host=db;Database=chatbot\"\nstandby = \"{how}\""
            : line);

        var (code, output, errors) = RunCheck(path);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    private static ConfigurationResult Load(string path) => ConfigurationFile.Load(path, new Dictionary<string, string>());

    private static (int Code, string Output, string Errors) RunCheck(string path)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        return (Check.Run(path, new Dictionary<string, string>(), output, errors), output.ToString(), errors.ToString());
    }

    /// <summary>What the reader itself says it knows, when a key in each table is one that it does not.</summary>
    private HashSet<string> KnownKeys()
    {
        var path = WriteWhole(line => Header().IsMatch(line) ? $"{line}\n{Stranger} = 0" : line, $"{Stranger} = 0\n");
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mistake in Load(path).Mistakes)
        {
            var match = Listed().Match(mistake.Text);
            Assert.True(match.Success, mistake.ToString());
            var table = match.Groups["table"].Value.Trim('[', ']');
            foreach (var key in match.Groups["keys"].Value.Split(", "))
            {
                known.Add(table.Length == 0 ? key : $"{table}.{key}");
            }
        }

        return known;
    }

    /// <summary>The example with all its settings, beside the secrets they name.</summary>
    private string WriteWhole(Func<string, string> change, string first = "")
    {
        foreach (var file in Files)
        {
            var lines = WholeLines(file).Where(line => !IsAlternative().IsMatch(line)).ToList();
            _folder.Write(file, first + string.Join('\n', lines.Select(change)));
            foreach (Match secret in lines.Select(line => SecretName().Match(line)).Where(match => match.Success))
            {
                _folder.Write(secret.Groups["name"].Value, "+33612345678\n");
            }
        }

        foreach (var authority in new[] { "ca.pem", "mail-ca.pem", "icinga-ca.pem" })
        {
            _folder.Write(authority, TestCertificates.AuthorityPem);
        }

        _folder.Write("ssh_config", "");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "keys"));
        _folder.Write("keys/lunar.asc", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n");
        foreach (var text in new[] { "welcome.fr.md", "welcome.en.md" })
        {
            File.Copy(Path.Combine(Repository.Config, text), Path.Combine(_folder.Path, text), overwrite: true);
        }

        return Path.Combine(_folder.Path, "chatbot.toml");
    }

    /// <summary>The lines of a file with the settings that it leaves out.</summary>
    private static IEnumerable<string> WholeLines(string file) =>
        File.ReadLines(Path.Combine(Repository.Config, file)).Select(line => LeftOut().Replace(line, ""));

    /// <summary>The keys of a file that have a comment on their line, and the tables.</summary>
    private static IEnumerable<string> Explained(string file)
    {
        var table = "";
        foreach (var line in WholeLines(file))
        {
            if (Header().Match(line) is { Success: true } header)
            {
                table = header.Groups["name"].Value;
                yield return table;
            }
            else if (Pair().Match(line) is { Success: true } pair)
            {
                yield return table.Length == 0 ? pair.Groups["key"].Value : $"{table}.{pair.Groups["key"].Value}";
            }
        }
    }

    [GeneratedRegex(@"(instead of (\[(irc\.sasl|icinga)\]|SQLite|host)|on PostgreSQL)$", RegexOptions.ExplicitCapture)]
    private static partial Regex IsAlternative();

    [GeneratedRegex(@"^#(?=[a-z\[])")]
    private static partial Regex LeftOut();

    [GeneratedRegex(@"^\[\[?(?<name>[a-z._]+)\]\]?$")]
    private static partial Regex Header();

    [GeneratedRegex(@"^(?<key>[a-z_]+) *= .+ # \w.*")]
    private static partial Regex Pair();

    [GeneratedRegex(@"_file *= ""(?<name>[^/""]+)""")]
    private static partial Regex SecretName();

    [GeneratedRegex(
        @"is not known (at the top of the file|in (?<table>\S+)); write one of (?<keys>.+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Listed();
}

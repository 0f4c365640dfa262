using ChatBot.Configuration;
using Xunit;

namespace ChatBot.Tests.Configuration;

/// <summary>How long things are kept is configured in days, shown by <c>chatbot check</c>, and warned of above a year.</summary>
public sealed class RetentionTests : IDisposable
{
    private readonly Sample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void The_example_writes_the_defaults() =>
        Assert.Equal(
            new RetentionSettings(),
            ConfigurationFile.Load(Path.Combine(Repository.Config, "chatbot.toml"), new Dictionary<string, string>()).Settings!.Retention);

    [Fact]
    public void What_is_left_out_has_its_default() => Assert.Equal(new RetentionSettings(), _sample.Settings().Retention);

    [Fact]
    public void Every_key_has_its_own_days()
    {
        _sample.Rest = """
            [retention]
            plugin_output = "1d"
            names = "2d"
            incidents = "3d"
            changelog_authors = "4d"
            mails = "5d"
            delivered = "6d"
            greeted = "3650d"
            """;

        Assert.Equal(
            new RetentionSettings
            {
                PluginOutput = TimeSpan.FromDays(1),
                Names = TimeSpan.FromDays(2),
                Incidents = TimeSpan.FromDays(3),
                ChangelogAuthors = TimeSpan.FromDays(4),
                Mails = TimeSpan.FromDays(5),
                Delivered = TimeSpan.FromDays(6),
                Greeted = TimeSpan.FromDays(3650),
            },
            _sample.Settings().Retention);
    }

    [Theory]
    [InlineData("asked", "authors in changelogs when they ask")]
    [InlineData("1d", "authors in changelogs after 1 day")]
    public void Check_says_how_long(string authors, string words)
    {
        _sample.Rest = $"[retention]\nnames = \"180d\"\nchangelog_authors = \"{authors}\"";
        var said = Checked();

        Assert.Contains("erase plugin output 90 days and names 180 days after the end, the steps of incidents after 365 days, ", said, StringComparison.Ordinal);
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Contains("mails of the own spool after 30 days", said, StringComparison.Ordinal);
        Assert.DoesNotContain("[retention]", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plugin_output"), InlineData("names"), InlineData("incidents"), InlineData("changelog_authors")]
    [InlineData("mails"), InlineData("delivered"), InlineData("greeted")]
    public void Check_warns_above_a_year(string key)
    {
        _sample.Rest = $"[retention]\n{key} = \"367d\"";

        Assert.Contains($"Warning: [retention] {key} keeps what may be about people for 367 days; the CNIL advises six months to a year", Checked(), StringComparison.Ordinal);
    }

    private string Checked()
    {
        _sample.Settings();
        var path = _sample.Folder["chatbot.toml"];
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Check.Run(path, new Dictionary<string, string>(), output, errors);
        Assert.Equal("", errors.ToString());
        return output.ToString();
    }
}

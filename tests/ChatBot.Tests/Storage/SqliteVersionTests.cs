using ChatBot.Storage;
using Xunit;

namespace ChatBot.Tests.Storage;

public sealed class SqliteVersionTests
{
    [Theory]
    [InlineData("3.7.0"), InlineData("3.40.1"), InlineData("3.44.5"), InlineData("3.46.1"), InlineData("3.50.6"), InlineData("3.51.0"), InlineData("3.51.2")]
    public void A_version_that_may_damage_a_store_is_named_with_what_to_do(string version)
    {
        var fault = SqliteVersion.FaultOf(Version.Parse(version));
        Assert.StartsWith($"SQLite {version} may damage a database", fault, StringComparison.Ordinal);
        Assert.Contains("3.51.3, 3.50.7 and 3.44.6", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.6.23"), InlineData("3.44.6"), InlineData("3.44.9"), InlineData("3.50.7"), InlineData("3.51.3"), InlineData("3.53.4"), InlineData("4.0.0")]
    public void Of_others_nothing_is_said(string version) => Assert.Null(SqliteVersion.FaultOf(Version.Parse(version)));

    [Fact]
    public void A_version_that_was_withdrawn_is_named() =>
        Assert.StartsWith("SQLite 3.52.0 was withdrawn", SqliteVersion.FaultOf(new Version(3, 52, 0)), StringComparison.Ordinal);

    [Fact]
    public async Task The_version_is_that_of_the_library_that_runs()
    {
        await using var engine = await Hosting.Engine.StartAsync();
        Assert.Equal(1, await engine.AskAsync($"SELECT sqlite_version() = '{SqliteVersion.Current}'"));
    }
}

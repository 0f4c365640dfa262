using ChatBot.Core.Language;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>Nothing is reported of what stands behind a machine that is down: no answer about it is an all-clear.</summary>
public sealed class NeededMachineTests
{
    [Theory]
    [InlineData("!état coordsud", Locale.French), InlineData("!état coordsud web", Locale.French), InlineData("!état sud http", Locale.French)]
    [InlineData("!état mutualisé", Locale.French), InlineData("!incidents coordsud", Locale.French), InlineData("!incidents sud http", Locale.French)]
    [InlineData("!incidents mutualisé", Locale.French), InlineData("globot: coordsud va bien ?", Locale.French)]
    [InlineData("!status coordsud", Locale.English), InlineData("!incidents coordsud", Locale.English), InlineData("globot: is coordsud ok?", Locale.English)]
    public async Task Who_asks_about_a_machine_reads_that_one_it_depends_on_is_down(string question, Locale locale)
    {
        await using var group = new SampleGroup(locale);
        await group.OpenAsync();
        var dependsOn = group.In("dépend de : routeur DOWN #", "depends on: routeur DOWN #");
        Assert.DoesNotContain(dependsOn, string.Join('\n', await group.InChannel(question)), StringComparison.Ordinal);
        await group.Engine.TakeAsync(NagiosHost.Problem("routeur"));
        Assert.Contains(dependsOn, string.Join('\n', await group.InChannel(question)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_not_named_twice()
    {
        await using var group = new SampleGroup();
        await group.OpenAsync();
        await group.Engine.TakeAsync(NagiosHost.Problem("routeur"));
        Assert.DoesNotContain("dépend de", string.Join('\n', await group.InChannel("!état")), StringComparison.Ordinal);
        Assert.DoesNotContain("dépend de", string.Join('\n', await group.InChannel("!état routeur")), StringComparison.Ordinal);
        Assert.DoesNotContain("dépend de", string.Join('\n', await group.InChannel("!état web")), StringComparison.Ordinal);
        Assert.DoesNotContain("dépend de", string.Join('\n', await group.InChannel("!incidents")), StringComparison.Ordinal);
    }
}

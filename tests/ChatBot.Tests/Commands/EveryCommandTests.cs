using ChatBot.Commands;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>What holds for each command there is, and for those to come.</summary>
public class EveryCommandTests
{
    private static IReadOnlyList<ICommand> All { get; } = SampleGroup.EveryCommand();

    public static TheoryData<string, string> Examples => [.. All.SelectMany(
        command => command.Help.Examples.Select(example => new TheoryDataRow<string, string>(example.Say, example.Answer)))];

    public static TheoryData<string> Names => [.. All.Select(command => command.Help.Names[0])];

    [Theory, MemberData(nameof(Examples))]
    public async Task An_example_is_answered_as_it_says(string say, string answer)
    {
        await using var group = new SampleGroup();
        Assert.Contains(answer, string.Join('\n', await group.InChannel("!" + say)), StringComparison.Ordinal);
        Assert.Empty(group.Failures);
    }

    [Fact]
    public void A_command_of_the_assembly_is_in_the_list()
    {
        var written = typeof(CommandList).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ICommand)));
        Assert.Equal(
            written.Select(type => type.Name).Order(StringComparer.Ordinal),
            All.Select(command => command.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_commands_share_a_name() =>
        Assert.Distinct(All.SelectMany(command => command.Help.Names).Select(Typed.Fold));

    [Theory, MemberData(nameof(Names))]
    public void A_command_shows_by_its_examples_that_all_its_names_are_names(string name)
    {
        var command = All.Single(command => command.Help.Names[0] == name);
        Assert.NotEmpty(command.Help.Examples);
        Assert.All(command.Help.Examples, example => Assert.Contains(example.Say.Split(' ')[0].TrimEnd('!'), command.Help.Names));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Too_few_words_are_answered_with_the_usage_in_one_line(string name)
    {
        await using var group = new SampleGroup();
        var least = group.Dispatcher.Find(name)!.Help.LeastWords;
        if (least > 0)
        {
            Assert.StartsWith($"usage : !{name} ", Assert.Single(await group.InChannel("!" + name)), StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Examples))]
    public async Task What_is_for_the_root_group_never_reaches_the_public(string say, string answer)
    {
        foreach (var caller in new[] { SampleGroup.Lunar, SampleGroup.Marie, SampleGroup.Stranger })
        {
            await using var group = new SampleGroup();
            AssertPublic(await group.InChannel("!" + say, caller));
        }

        foreach (var caller in new[] { SampleGroup.Marie, SampleGroup.Stranger })
        {
            await using var group = new SampleGroup();
            AssertPublic(await group.InPrivate(say, caller));
        }

        Assert.NotEmpty(answer);
    }

    [Theory]
    [InlineData("status sud"), InlineData("incidents sud"), InlineData("incident 40"), InlineData("incident 41")]
    [InlineData("why 41"), InlineData("ack 40 encore"), InlineData("log sud"), InlineData("changes hal"), InlineData("unack 41")]
    public async Task Nor_by_another_way(string say)
    {
        await using var group = new SampleGroup();
        AssertPublic(await group.InChannel("!" + say));
        AssertPublic(await group.InPrivate(say, SampleGroup.Stranger));
    }

    [Theory, MemberData(nameof(Examples))]
    public async Task What_is_the_same_for_all_is(string say, string answer)
    {
        var group = new SampleGroup();
        if (group.Dispatcher.Find(say.Split(' ')[0].TrimEnd('!'))!.Help.IsSameForAll)
        {
            // A challenge holds chance, which is no difference between people.
            string[] Plain(string[] lines) => [.. lines.Select(line => System.Text.RegularExpressions.Regex.Replace(line, "[0-9a-f]{16,}", "chance"))];
            Assert.Equal(
                Plain(await group.InPrivate(say, SampleGroup.Stranger)),
                Plain(await new SampleGroup().InPrivate(say, SampleGroup.Stranger with { Person = SampleGroup.Lunar.Person, Account = "lunar" })));
        }

        Assert.NotEmpty(answer);
    }

    [Theory, MemberData(nameof(Examples))]
    public async Task English_is_spoken_too(string say, string answer)
    {
        await using var group = new SampleGroup(Locale.English);
        await using var other = new SampleGroup();
        var french = await other.InChannel("!" + say);
        var english = await group.InChannel("!" + say);
        Assert.Equal(french.Length, english.Length);
        Assert.DoesNotContain(english, line => line.Contains('«') && !line.Contains("je redémarre", StringComparison.Ordinal));
        Assert.Empty(group.Failures);
        Assert.NotEmpty(answer);
    }

    private static void AssertPublic(string[] lines)
    {
        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            Assert.DoesNotContain("confidentiel", line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Dupont", line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(".cf", line, StringComparison.Ordinal);
            Assert.DoesNotContain("aliases", line, StringComparison.Ordinal);
        });
    }
}

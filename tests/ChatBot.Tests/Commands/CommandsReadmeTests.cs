using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Tests.Configuration;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>The command that commands/README.md shows, letter for letter: it compiles, and its example is true.</summary>
public sealed class CommandsReadmeTests
{
    [Fact]
    public async Task The_example_compiles_and_answers_as_it_says()
    {
        await using var group = new SampleGroup(commands: engine => [new CountCommand(engine.Incidents)]);
        var its = Assert.Single(Assert.Single(group.Commands).Help.Examples);
        Assert.Contains(its.Answer, Assert.Single(await group.InChannel("!" + its.Say)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_is_the_one_of_the_page()
    {
        Assert.Contains("class CountCommand(IIncidents incidents)", Page(), StringComparison.Ordinal);
        Assert.Equal(Words(Between(Page(), "/// <summary>How many", "```")), Words(Between(Source(), "/// <summary>How many", "// The end")));
    }

    private static string Page() => File.ReadAllText(Path.Combine(Repository.Root, "commands", "README.md"));

    private static string Source() =>
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "ChatBot.Tests", "Commands", "CommandsReadmeTests.cs"))
            .Split("\n// The page.", 2)[^1];

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}

// The page.

/// <summary>How many incidents a machine has.</summary>
public sealed class CountCommand(IIncidents incidents) : ICommand
{
    private static readonly Sentence2 Count = new("[{0}] {1} open incident{1:|s}", "[{0}] {1} incident{1:|s} ouvert{1:|s}");

    public CommandHelp Help { get; } = new()
    {
        Names = ["count", "combien"],                   // the English one first; case and accents do not matter
        Arguments = new("machine", "machine"),           // what usage and help show after the name
        Summary = new("how many incidents a machine has", "combien d'incidents a une machine"),
        LeastWords = 1,                                  // with fewer, the usage is the answer
        Examples = [new("count sql", "[sql] 0 incident ouvert")],   // typed → a part of the French answer
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Context.Inventory.Find(call.Words[0]) is not { } machine)
        {
            return Answers.UnknownMachine(call, call.Words[0]);
        }

        var open = await incidents.OpenAsync(machine.Name, cancellationToken);
        return call.Phrases.Public(Count, PublicText.Declared(machine.Name), open.Count);
    }
}

// The end.

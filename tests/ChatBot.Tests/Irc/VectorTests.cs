using System.Text.Json;
using ChatBot.Core.Irc;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>The parser tests of ircdocs (Vectors/, CC0), all of those that concern a client.</summary>
public sealed class VectorTests
{
    public static TheoryData<string> Split => Cases("msg-split");

    public static TheoryData<string> Join => Cases("msg-join");

    public static TheoryData<string> Userhosts => Cases("userhost-split");

    [Theory, MemberData(nameof(Split))]
    public void A_line_is_split_as_the_vector_says(string vector)
    {
        var test = JsonDocument.Parse(vector).RootElement;
        var atoms = test.GetProperty("atoms");

        var message = IrcMessage.Parse(test.GetProperty("input").GetString()!)!;

        Assert.Equal(Text(atoms, "verb"), message.Verb);
        Assert.Equal(Text(atoms, "source"), message.Source);
        Assert.Equal(Params(atoms), message.Params);
        Assert.Equal(Tags(atoms), message.Tags.ToDictionary());
    }

    [Theory, MemberData(nameof(Join))]
    public void A_line_is_joined_as_the_vector_says(string vector)
    {
        var test = JsonDocument.Parse(vector).RootElement;
        var atoms = test.GetProperty("atoms");

        var line = new IrcMessage(IrcTags.From(Tags(atoms)), Text(atoms, "source"), Text(atoms, "verb")!, Params(atoms)).ToString();

        Assert.Contains(line, test.GetProperty("matches").EnumerateArray().Select(m => m.GetString()!));
    }

    [Theory, MemberData(nameof(Userhosts))]
    public void A_source_is_split_as_the_vector_says(string vector)
    {
        var test = JsonDocument.Parse(vector).RootElement;
        var atoms = test.GetProperty("atoms");

        var source = IrcSource.Parse(test.GetProperty("source").GetString()!);

        Assert.Equal(Text(atoms, "nick") ?? "", source.Nick);
        Assert.Equal(Text(atoms, "user"), source.User);
        Assert.Equal(Text(atoms, "host"), source.Host);
    }

    private static TheoryData<string> Cases(string name)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Irc", "Vectors", name + ".json"));
        return [.. JsonDocument.Parse(file).RootElement.GetProperty("tests").EnumerateArray().Select(t => t.GetRawText())];
    }

    private static string? Text(JsonElement atoms, string name) => atoms.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string[] Params(JsonElement atoms) =>
        atoms.TryGetProperty("params", out var all) ? [.. all.EnumerateArray().Select(p => p.GetString()!)] : [];

    private static Dictionary<string, string> Tags(JsonElement atoms) =>
        atoms.TryGetProperty("tags", out var all)
            ? all.EnumerateObject().ToDictionary(t => t.Name, t => t.Value.GetString() ?? "")
            : [];
}

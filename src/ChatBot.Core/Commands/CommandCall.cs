
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>One call of a command, checked for rights and number of words.</summary>
public sealed record CommandCall
{
    public required Caller Caller { get; init; }

    /// <summary>The name it was called by, without the prefix.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the name was typed with a <c>!</c> behind it, so that nothing is asked back.</summary>
    public bool IsMeant { get; init; }

    /// <summary>All that follows the name, trimmed, without formatting codes or control characters.</summary>
    public required string Arguments { get; init; }

    /// <summary>The same, cut at white space.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>The words as names are compared, by <see cref="CommandLine.NamesOf"/>: for commands that take nothing but names.</summary>
    public IReadOnlyList<string> Names => CommandLine.NamesOf(Words);

    /// <summary>Who hears the answer: the channel's audience; root in private for an identified admin, else public.</summary>
    public required Audience Audience { get; init; }

    /// <summary>The channel it was called in; null for a private message.</summary>
    public required string? Channel { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The configuration it began with.</summary>
    public required CommandContext Context { get; init; }

    /// <summary>The longest answer, in lines, that a channel has to read.</summary>
    public const int LinesInChannel = 3;

    /// <summary>What stands before a command where this one was typed: nothing in private.</summary>
    public PublicText Prefix => PublicText.Declared(Channel is null ? "" : Context.Prefix);

    public bool IsPrivate => Channel is null;

    public Phrasebook Phrases => Context.Phrases;

    /// <summary>Some words of the caller, with the audience that could read them.</summary>
    public Remark Remark(string words) => new(new RootText(words), Audience);

    /// <summary>Answers where it was asked, and in private what is too long for a channel.</summary>
    /// <param name="lines">Those that the audience may not read are left out.</param>
    /// <param name="most">How many lines the channel has to read.</param>
    public Reply Answer(IReadOnlyList<Line> lines, int most = LinesInChannel)
    {
        var readable = lines.Where(line => line.For(Audience) is not null).ToList();
        return new Reply { Lines = readable, InPrivate = readable.Count > most };
    }
}

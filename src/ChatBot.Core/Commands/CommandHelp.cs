using ChatBot.Core.Language;

namespace ChatBot.Core.Commands;

/// <summary>What a command says about itself; <c>!help</c>, usage lines, rights and tests are made of it.</summary>
public sealed record CommandHelp
{
    /// <summary>Its names without the prefix, the English one first, then the French ones; all are always understood.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The name to show in a language: in French the last one, which is the most French.</summary>
    public string NameIn(Locale locale) => NamesIn(locale)[0];

    /// <summary>All names, those of a language first.</summary>
    public IReadOnlyList<string> NamesIn(Locale locale) => locale == Locale.French ? [.. Names.Reverse()] : Names;

    /// <summary>What follows the name: <c>42 [2h] raison</c>; empty where nothing does.</summary>
    public required Sentence Arguments { get; init; }

    /// <summary>What it does, in some words, without a full stop.</summary>
    public required Sentence Summary { get; init; }

    public Right Right { get; init; } = Right.Everybody;

    /// <summary>What somebody who is no admin does instead; null for what holds everywhere.</summary>
    public Sentence? Instead { get; init; }

    /// <summary>Whether a machine's name alone, said to the bot, asks for this command.</summary>
    public bool IsAboutMachines { get; init; }

    /// <summary>How many words it takes at least; with fewer its usage is the answer.</summary>
    public int LeastWords { get; init; }

    /// <summary>Whether to ask the server who the caller is, though the command is for everybody.</summary>
    public bool AsksWho { get; init; }

    /// <summary>Whether everybody reads the same, so that nobody needs to be asked in private who they are.</summary>
    public bool IsSameForAll { get; init; }

    /// <summary>Whether an admin may give it by mail, and what that takes.</summary>
    public ByMail ByMail { get; init; }

    /// <summary>Whether, in an answer to the mail of an incident, it is about that incident where it names none.</summary>
    public bool IsAboutThread { get; init; }

    /// <summary>Under what <c>!help</c> lists it.</summary>
    public HelpTopic Topic { get; init; }

    /// <summary>At least one; the three most useful first, which are its help.</summary>
    public required IReadOnlyList<Example> Examples { get; init; }
}

/// <summary>One use of a command: shown by <c>!help</c>, and run by the tests against the sample group.</summary>
/// <param name="Say">What is typed, without the prefix: <c>status hal</c>.</param>
/// <param name="Answer">A part of the French answer by which the test knows it.</param>
public sealed record Example(string Say, string Answer)
{
    /// <summary>What an English speaker types instead; null where the words are the same, but for the command's name.</summary>
    public string? English { get; init; }
}

/// <summary>What a command is for, in the order of <c>!help</c>.</summary>
public enum HelpTopic
{
    Looking,
    Taking,
    Silencing,
    Planning,
    Writing,
    Oneself,
}

/// <summary>What a command that comes by mail takes, as <c>[mail.door]</c> has it.</summary>
public enum ByMail
{
    /// <summary>It is for IRC alone.</summary>
    No,

    /// <summary>As <see cref="Acknowledge"/>, and a DKIM signature is enough where the group says so (<c>ack = "dkim"</c>).</summary>
    Reply,

    /// <summary>It only reads (<c>ack</c>).</summary>
    Acknowledge,

    /// <summary>It changes more than that (<c>write</c>).</summary>
    Write,
}

/// <summary>Who may use a command.</summary>
public enum Right
{
    Everybody,

    /// <summary>A person of <c>people.toml</c> with the role admin, identified by the server on that very message.</summary>
    Admin,
}

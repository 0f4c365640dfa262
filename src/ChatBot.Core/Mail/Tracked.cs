namespace ChatBot.Core.Mail;

/// <summary>What a format makes incidents of, in the words of <c>docs/mail-formats.md</c>.</summary>
/// <param name="Key">What tells one check of a machine from every other.</param>
/// <param name="End">What ends its trouble, and nothing else.</param>
public sealed record Tracked(string Key, string End)
{
    /// <summary>The program never writes that it is over.</summary>
    public const string NoEnd = "none of its own: silent after its usual interval, closed by `!close`";

    /// <summary>The program writes of what happened, which neither lasts nor ends: a line each, no incident.</summary>
    public static readonly Tracked Nothing = new("–", "a fact: one line, no incident");
}

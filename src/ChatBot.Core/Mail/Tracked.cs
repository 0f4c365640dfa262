namespace ChatBot.Core.Mail;

/// <summary>What a format makes incidents of, in the words of <c>docs/mail-formats.md</c>.</summary>
/// <param name="Key">What tells one check of a machine from every other.</param>
/// <param name="End">What ends its trouble, and nothing else.</param>
public sealed record Tracked(string Key, string End)
{
    /// <summary>The program writes of what happened, and never that it is over: a line each, no incident.</summary>
    public static readonly Tracked Nothing = new("–", "none: a line, no incident");
}

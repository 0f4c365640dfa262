namespace ChatBot.Core.People;

/// <summary>A whole paste.</summary>
/// <param name="Challenge">The one that its author has.</param>
/// <param name="Lines">From the first line to the last; null where there were too many to keep.</param>
public sealed record Pasted(Challenge Challenge, IReadOnlyList<string>? Lines);

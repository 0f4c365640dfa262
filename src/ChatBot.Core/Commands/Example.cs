namespace ChatBot.Core.Commands;

/// <summary>One use of a command: shown by <c>!help</c>, and run by the tests against the sample group.</summary>
/// <param name="Say">What is typed, without the prefix: <c>status hal</c>.</param>
/// <param name="Answer">A part of the French answer by which the test knows it.</param>
public sealed record Example(string Say, string Answer);

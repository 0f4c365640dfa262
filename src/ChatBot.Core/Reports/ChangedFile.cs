namespace ChatBot.Core.Reports;

/// <summary>One file that a machine saw modified.</summary>
/// <param name="How"><c>+</c> added, <c>-</c> removed, <c>~</c> modified.</param>
/// <param name="Path">Absolute, <c>/etc/postfix/main.cf</c>.</param>
public sealed record ChangedFile(char How, string Path);

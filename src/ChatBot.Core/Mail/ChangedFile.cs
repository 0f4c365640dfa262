namespace ChatBot.Core.Mail;

/// <summary>One file: <paramref name="How"/> is '+' added, '-' removed or '~' modified; <paramref name="Path"/> is absolute.</summary>
public sealed record ChangedFile(char How, string Path);

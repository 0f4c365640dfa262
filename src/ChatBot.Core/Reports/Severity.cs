namespace ChatBot.Core.Reports;

/// <summary>How grave a program itself says its mail is, where no <see cref="CheckState"/> tells it.</summary>
public enum Severity
{
    Ok,
    Info,
    Unknown,
    Warning,
    Critical,
}

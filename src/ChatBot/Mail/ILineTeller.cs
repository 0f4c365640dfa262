using ChatBot.Core.Mail;

namespace ChatBot.Mail;

/// <summary>Words what would be said of a report, one line for each audience, or null where nothing would.</summary>
public interface ILineTeller
{
    string? Public(Report report);

    string? Root(Report report);
}

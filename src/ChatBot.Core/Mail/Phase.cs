namespace ChatBot.Core.Mail;

/// <summary>Which end of a flapping or a downtime a mail tells.</summary>
public enum Phase
{
    Start, End, Cancelled,
}

namespace ChatBot.Core.Reports;

/// <summary>Which end of a lasting thing (flapping, downtime) a mail tells.</summary>
public enum Phase
{
    Start,
    End,
    Cancelled,
}

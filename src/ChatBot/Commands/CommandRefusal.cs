namespace ChatBot.Commands;

/// <summary>Why a command was not carried out, for the metrics.</summary>
public enum CommandRefusal
{
    NotAdmin,
    TooFast,
    Flood,
    Failed,
}

namespace ChatBot.Configuration;

/// <summary>Nagios on this machine.</summary>
/// <param name="CommandFile">Full path of the FIFO it takes external commands from; null where acknowledgements stay in the
/// bot.</param>
/// <param name="StatusFile">Full path of its status.dat, where names are looked up and effects are seen; never null beside a command
/// file.</param>
public sealed record NagiosSettings(string? CommandFile, string? StatusFile)
{
    /// <summary>Whether acknowledgements and downtimes reach it.</summary>
    public bool TakesOrders => CommandFile is not null && StatusFile is not null;
}

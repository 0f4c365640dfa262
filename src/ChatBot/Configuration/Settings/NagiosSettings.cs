namespace ChatBot.Configuration;

/// <summary>Nagios on this machine.</summary>
/// <param name="CommandFile">Full path of the FIFO it takes external commands from; null where acknowledgements stay in the
/// bot.</param>
/// <param name="StatusFile">Full path of its status.dat, where effects are seen; null where it is not readable.</param>
public sealed record NagiosSettings(string? CommandFile, string? StatusFile);

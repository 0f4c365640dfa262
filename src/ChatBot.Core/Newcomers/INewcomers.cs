namespace ChatBot.Core.Newcomers;

/// <summary>The welcome of newcomers, for commands.</summary>
public interface INewcomers
{
    /// <summary>Sends the welcome text to somebody who is in a channel with the bot, in private.</summary>
    /// <returns>False where nobody of that nick is there, or where too many welcomes were asked for just now.</returns>
    Task<bool> WelcomeAsync(string nick, CancellationToken cancellationToken);

    /// <summary>Erases what is kept about somebody: the keyed hashes that say they were greeted.</summary>
    /// <param name="who">Whom the server has shown; the nick as the network compares nicks.</param>
    /// <param name="cancellationToken">The bot stops.</param>
    /// <returns>How many things were erased.</returns>
    Task<int> ForgetAsync(Visitor who, CancellationToken cancellationToken);
}

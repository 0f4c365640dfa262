namespace ChatBot.Mail;

/// <summary>Opens what machines encrypt to a key of the bot.</summary>
public interface IMailDecryption
{
    /// <summary>The text that was encrypted; null where no key is configured, none opens it, or it takes too long.</summary>
    /// <param name="armored">One OpenPGP message, in ASCII armor (RFC 9580 §6.2).</param>
    /// <param name="cancellationToken">Gives up, with null.</param>
    Task<string?> OpenAsync(string armored, CancellationToken cancellationToken);
}

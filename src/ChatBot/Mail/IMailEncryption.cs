namespace ChatBot.Mail;

/// <summary>Encrypts mails to people's OpenPGP keys.</summary>
public interface IMailEncryption
{
    /// <param name="fingerprints">Of one person's keys, hexadecimal; those that cannot be used are left out.</param>
    /// <param name="text">What is encrypted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<MailEncryption> EncryptAsync(IReadOnlyList<string> fingerprints, ReadOnlyMemory<byte> text, CancellationToken cancellationToken);
}

/// <summary>What became of a text that was to be encrypted.</summary>
public abstract record MailEncryption
{
    private MailEncryption()
    {
    }

    /// <summary>ASCII armor (RFC 9580 §6.2).</summary>
    public sealed record Done(string Armored) : MailEncryption;

    /// <summary>None of the keys can be used: they are missing, expired or revoked, or made for signatures alone.</summary>
    public sealed record NoKey : MailEncryption;

    /// <summary>Not now: gpg does not start, or the disk is full.</summary>
    public sealed record TryLater : MailEncryption;
}

using ChatBot.Configuration;
using ChatBot.Mail;

namespace ChatBot.OpenPgp;

/// <summary>Encrypts to the keys that are in the folder of <c>[openpgp]</c> at that moment, in a home folder of its own.</summary>
/// <param name="home">Full path of that folder; it is created again for each mail.</param>
/// <param name="settings">The configuration in force.</param>
/// <param name="time">For time-outs.</param>
#pragma warning disable CA1001 // The semaphore never makes a wait handle: there is nothing to dispose of.
public sealed class MailCipher(string home, CurrentSettings settings, TimeProvider time) : IMailEncryption
#pragma warning restore CA1001
{
    private readonly Keyring _keyring = new(home, time);
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<MailEncryption> EncryptAsync(IReadOnlyList<string> fingerprints, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        if (settings.Value.Settings.OpenPgp is not { } openPgp)
        {
            return new MailEncryption.NoKey();
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await EncryptAsync(openPgp, fingerprints, text, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new MailEncryption.TryLater();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<MailEncryption> EncryptAsync(
        OpenPgpSettings openPgp, IReadOnlyList<string> fingerprints, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        if (await _keyring.LoadAsync(openPgp, cancellationToken) is not { } usable)
        {
            return new MailEncryption.TryLater();
        }

        var keys = fingerprints.Select(one => one.ToLowerInvariant()).Where(usable.Contains).ToList();
        if (keys.Count == 0)
        {
            return new MailEncryption.NoKey();
        }

        var (armored, isOfKey) = await _keyring.EncryptAsync(openPgp.Program, keys, text, cancellationToken);
        if (armored is null && isOfKey && keys.Count > 1)
        {
            return await EachAsync(openPgp, keys, text, cancellationToken);
        }

        return armored is not null ? new MailEncryption.Done(armored) : isOfKey ? new MailEncryption.NoKey() : new MailEncryption.TryLater();
    }

    // One that is for signatures alone must not keep the mail from the others.
    private async Task<MailEncryption> EachAsync(OpenPgpSettings openPgp, List<string> keys, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            if (await _keyring.EncryptAsync(openPgp.Program, [key], text, cancellationToken) is ({ } armored, _))
            {
                return new MailEncryption.Done(armored);
            }
        }

        return new MailEncryption.NoKey();
    }
}

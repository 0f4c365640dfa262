
using System.Globalization;
using ChatBot.Configuration;
using ChatBot.Configuration.Reading;
using ChatBot.Core.People;

namespace ChatBot.OpenPgp;

/// <summary>The public keys of the group, and whether a signature is by one of them. One call after the other.</summary>
public sealed class Keyring
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly GpgProgram _gpg;

    /// <param name="home">Full path of a folder of the bot's own; it is created again.</param>
    /// <param name="time">For time-outs.</param>
    public Keyring(string home, TimeProvider time) => _gpg = new GpgProgram(home, time);

    /// <summary>Forgets all keys and takes those that are there now.</summary>
    /// <returns>
    /// Lower-case fingerprints of what may sign now, main keys and subkeys; null where it cannot be done, and then there is no key.
    /// </returns>
    public async Task<IReadOnlySet<string>?> LoadAsync(OpenPgpSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            if (Directory.Exists(_gpg.Home))
            {
                Directory.Delete(_gpg.Home, recursive: true);
            }

            Directory.CreateDirectory(_gpg.Home, OwnerOnly);
            var files = KeyFiles.Of(settings.Keys);
            if (files.Count > 0 && await _gpg.RunAsync(settings.Program, ["--import", "--", .. files], cancellationToken) is null)
            {
                return null;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return await _gpg.RunAsync(settings.Program, ["--with-colons", "--list-keys"], cancellationToken) is { } listed ? Usable(listed) : null;
    }

    /// <summary>Of the keys that are loaded, those that can be encrypted to now, by the lower-case fingerprints of their main keys and subkeys; null where gpg cannot say.</summary>
    public async Task<IReadOnlySet<string>?> EncryptableAsync(string program, CancellationToken cancellationToken) =>
        await _gpg.RunAsync(program, ["--with-colons", "--list-keys"], cancellationToken) is { } listed ? Encryptable(listed) : null;

    /// <summary>Whether a signature is valid for one of these texts.</summary>
    /// <param name="program">gpg.</param>
    /// <param name="signature">One binary signature packet.</param>
    /// <param name="texts">Octets; the same sentence with and without the end of its line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SignatureFinding> VerifyAsync(
        string program, byte[] signature, IReadOnlyList<byte[]> texts, CancellationToken cancellationToken)
    {
        SignatureFinding found = new SignatureFinding.Bad(ProofRefusal.NotVerified);
        foreach (var text in texts)
        {
            found = await VerifyAsync(program, signature, text, cancellationToken);
            if (found is not SignatureFinding.Bad { Why: ProofRefusal.WrongText })
            {
                break;
            }
        }

        return found;
    }

    private async Task<SignatureFinding> VerifyAsync(string program, byte[] signature, byte[] text, CancellationToken cancellationToken)
    {
        var signatureFile = Path.Combine(_gpg.Home, "proof.sig");
        var textFile = Path.Combine(_gpg.Home, "proof.txt");
        try
        {
            await File.WriteAllBytesAsync(signatureFile, signature, cancellationToken);
            await File.WriteAllBytesAsync(textFile, text, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SignatureFinding.Bad(ProofRefusal.NotVerified);
        }

        return await _gpg.RunAsync(program, ["--verify", "--", signatureFile, textFile], cancellationToken) is { } status
            ? GpgStatus.Read(status)
            : new SignatureFinding.Bad(ProofRefusal.NotVerified);
    }

    /// <summary>What one clear-signed text says, by whom.</summary>
    /// <param name="program">gpg.</param>
    /// <param name="block">It and nothing else.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The octets that gpg verified, as gpg gives them; null where the finding is not good.</returns>
    public async Task<(SignatureFinding Finding, byte[]? Text)> OpenAsync(string program, byte[] block, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_gpg.Home, "order.txt");
        try
        {
            File.Delete(file);
            var status = await _gpg.RunAsync(
                program, ["--max-output", SignedMail.MostBytes.ToString(CultureInfo.InvariantCulture), "--output", file, "--decrypt"], block, cancellationToken);
            var finding = status is null ? new SignatureFinding.Bad(ProofRefusal.NotVerified) : GpgStatus.Read(status);
            return (finding, finding is SignatureFinding.Good ? await File.ReadAllBytesAsync(file, cancellationToken) : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (new SignatureFinding.Bad(ProofRefusal.NotVerified), null);
        }
    }

    /// <summary>Encrypts to all of these keys, which must be usable.</summary>
    /// <returns>ASCII armor, or null; and whether that is because one of the keys cannot be encrypted to.</returns>
    public async Task<(string? Armored, bool IsOfKey)> EncryptAsync(
        string program, IReadOnlyList<string> fingerprints, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_gpg.Home, "mail.asc");
        File.Delete(file);
        var status = await _gpg.RunAsync(
            program,
            ["--armor", "--output", file, .. fingerprints.SelectMany(one => new[] { "--recipient", one }), "--encrypt"],
            text,
            cancellationToken);
        var lines = status?.Split('\n') ?? [];
        var isDone = lines.Contains("[GNUPG:] END_ENCRYPTION") && File.Exists(file);
        return (isDone ? await File.ReadAllTextAsync(file, cancellationToken) : null, lines.Any(line => line.StartsWith("[GNUPG:] INV_RECP ", StringComparison.Ordinal)));
    }

    // GnuPG's doc/DETAILS: the twelfth field of a main key has in capitals what the whole key can do now.
    private static HashSet<string> Encryptable(string listed)
    {
        var encryptable = new HashSet<string>(StringComparer.Ordinal);
        var isEncryptable = false;
        foreach (var fields in listed.Split('\n').Select(line => line.Split(':')))
        {
            if (fields[0] == "pub" && fields.Length > 11)
            {
                isEncryptable = fields[11].Contains('E', StringComparison.Ordinal);
            }
            else if (fields[0] == "fpr" && fields.Length > 9 && isEncryptable)
            {
                encryptable.Add(fields[9].ToLowerInvariant());
            }
        }

        return encryptable;
    }

    // GnuPG's doc/DETAILS, “Format of the colon listings”: the record of a key, then its fpr. The second field says whether it is
    // invalid, disabled, revoked or expired.
    private static HashSet<string> Usable(string listed)
    {
        var usable = new HashSet<string>(StringComparer.Ordinal);
        var isUsable = false;
        foreach (var line in listed.Split('\n'))
        {
            var fields = line.Split(':');
            if (fields[0] is "pub" or "sub" && fields.Length > 1)
            {
                isUsable = fields[1] is not ("i" or "d" or "r" or "e");
            }
            else if (fields[0] == "fpr" && fields.Length > 9 && isUsable)
            {
                usable.Add(fields[9].ToLowerInvariant());
            }
        }

        return usable;
    }
}

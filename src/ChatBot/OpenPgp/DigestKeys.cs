using ChatBot.Configuration;

namespace ChatBot.OpenPgp;

/// <summary>What <c>chatbot check</c> says of the keys that the digest would be encrypted to: it reads their files, and has gpg look at them.</summary>
internal static class DigestKeys
{
    /// <summary>One text for each person whose digest cannot leave, with what is missing.</summary>
    public static async Task<IReadOnlyList<string>> NotesAsync(BotSettings settings, MessageLanguage language, TimeProvider time, CancellationToken cancellationToken)
    {
        var people = settings.Digest?.Recipients.Where(one => one.IsEncrypted).Select(one => one.Person!).ToList() ?? [];
        if (people.Count == 0 || settings.OpenPgp is not { } openPgp)
        {
            return [];
        }

        var folder = Directory.CreateTempSubdirectory("chatbot-check-");
        try
        {
            var keyring = new Keyring(Path.Combine(folder.FullName, "gnupg"), time);
            if (await keyring.LoadAsync(openPgp, cancellationToken) is not { } valid || await keyring.EncryptableAsync(openPgp.Program, cancellationToken) is not { } encryptable)
            {
                return [language.Words($"{openPgp.Program} could not read the keys in {openPgp.Keys}: whether the digest can be encrypted is not known", $"{openPgp.Program} n'a pas pu lire les clés de {openPgp.Keys} : on ne sait pas si le résumé pourra être chiffré")];
            }

            return [.. people.Where(one => !one.Pgp.Any(key => encryptable.Contains(key.ToLowerInvariant()))).Select(one => one.Pgp.Any(key => valid.Contains(key.ToLowerInvariant()))
                ? language.Words(
                    $"the digest of {one.Name} cannot be encrypted: their `pgp` keys in {openPgp.Keys} are for signatures alone, or their encryption subkey has expired; add one (gpg --quick-add-key FINGERPRINT cv25519 encr) and export the key again",
                    $"le résumé de {one.Name} ne peut pas être chiffré : ses clés `pgp` dans {openPgp.Keys} ne servent qu'à signer, ou leur sous-clé de chiffrement a expiré ; ajoutez-en une (gpg --quick-add-key EMPREINTE cv25519 encr) et exportez la clé de nouveau")
                : language.Words(
                    $"the digest of {one.Name} cannot be encrypted: none of their `pgp` keys is valid in {openPgp.Keys} (missing, expired or revoked)",
                    $"le résumé de {one.Name} ne peut pas être chiffré : aucune de ses clés `pgp` n'est valable dans {openPgp.Keys} (absente, expirée ou révoquée)"))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

using System.Collections.Concurrent;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;

namespace ChatBot.Mail;

/// <summary>
/// Public keys by the text of their DNS record. To read an RSA key takes far longer than to verify a signature with it, since its modulus is
/// tested for small factors and for being a prime.
/// </summary>
internal sealed class DkimPublicKeys
{
    public const int MostKept = 64;

    public const int LeastBits = 1024;
    private const int MostBits = 4096;

    private readonly ConcurrentDictionary<string, AsymmetricKeyParameter?> _kept = new(StringComparer.Ordinal);

    /// <summary>Null where it is no key, a weak one, or one so large that reckoning with it takes long.</summary>
    public AsymmetricKeyParameter? Of(string record)
    {
        if (_kept.TryGetValue(record, out var kept))
        {
            return kept;
        }

        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        return _kept[record] = Read(record);
    }

    private static AsymmetricKeyParameter? Read(string record)
    {
        try
        {
            return Reader.Read(record) is var key
                && key is Ed25519PublicKeyParameters or RsaKeyParameters { Modulus.BitLength: >= LeastBits and <= MostBits } ? key : null;
        }
        catch (Exception mistake) when (DkimCheck.IsOfTheInput(mistake))
        {
            return null;
        }
    }

    private sealed class Reader : DkimPublicKeyLocatorBase
    {
        public static AsymmetricKeyParameter Read(string record) => GetPublicKey(record);

        public override AsymmetricKeyParameter LocatePublicKey(
            string methods, string domain, string selector, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods, string domain, string selector, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

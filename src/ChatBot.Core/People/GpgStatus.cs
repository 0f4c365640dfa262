using System.Globalization;

namespace ChatBot.Core.People;

/// <summary>Reads what <c>gpg --status-fd</c> says of one signature (GnuPG's doc/DETAILS, “Format of the --status-fd output”).</summary>
public static class GpgStatus
{
    private const string Mark = "[GNUPG:] ";

    // RFC 9580 §9.5: SHA-256, SHA-384, SHA-512, SHA3-256, SHA3-512.
    private static readonly string[] SafeDigests = ["8", "9", "10", "12", "14"];

    private static readonly (string Word, ProofRefusal Why)[] Refusals =
    [
        ("REVKEYSIG", ProofRefusal.RevokedKey),
        ("EXPKEYSIG", ProofRefusal.ExpiredKey),
        ("EXPSIG", ProofRefusal.ExpiredSignature),
        ("BADSIG", ProofRefusal.WrongText),
        ("NODATA", ProofRefusal.NoSignature),
        ("UNEXPECTED", ProofRefusal.NoSignature),
    ];

    public static SignatureFinding Read(string status)
    {
        var lines = status.Split('\n')
            .Where(line => line.StartsWith(Mark, StringComparison.Ordinal))
            .Select(line => line[Mark.Length..].TrimEnd('\r').Split(' '))
            .ToLookup(words => words[0], StringComparer.Ordinal);
        if (lines["NEWSIG"].Count() > 1 || lines["VALIDSIG"].Count() > 1 || lines["GOODSIG"].Count() > 1)
        {
            return new SignatureFinding.Bad(ProofRefusal.MoreThanOne);
        }

        foreach (var (word, why) in Refusals)
        {
            if (lines.Contains(word))
            {
                return new SignatureFinding.Bad(why);
            }
        }

        if (lines["ERRSIG"].FirstOrDefault() is { } error)
        {
            return new SignatureFinding.Bad(OfError(error));
        }

        return lines["GOODSIG"].Any() && lines["VALIDSIG"].FirstOrDefault() is { } valid
            ? OfValid(valid)
            : new SignatureFinding.Bad(ProofRefusal.NotVerified);
    }

    // ERRSIG keyid pkalgo hashalgo class time rc fingerprint; rc 9 is a key that is not there.
    private static ProofRefusal OfError(string[] words) => words switch
    {
        [_, _, _, _, _, _, "9", ..] => ProofRefusal.UnknownKey,
        [_, _, _, var digest, ..] when !SafeDigests.Contains(digest) => ProofRefusal.WeakDigest,
        _ => ProofRefusal.NotVerified,
    };

    // VALIDSIG fingerprint date time expires version reserved pkalgo hashalgo class primary-fingerprint
    private static SignatureFinding OfValid(string[] words)
    {
        if (words is not [_, var key, _, var time, _, _, _, _, var digest, _, var primary, ..]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return new SignatureFinding.Bad(ProofRefusal.NotVerified);
        }

        return SafeDigests.Contains(digest)
            ? new SignatureFinding.Good(
                key.ToLowerInvariant(), primary.ToLowerInvariant(), DateTimeOffset.FromUnixTimeSeconds(seconds))
            : new SignatureFinding.Bad(ProofRefusal.WeakDigest);
    }
}

/// <summary>What was found of one detached signature over one text.</summary>
public abstract record SignatureFinding
{
    private SignatureFinding() { }

    /// <summary>It is right, by a key that is neither expired nor revoked. Fingerprints in lower case.</summary>
    public sealed record Good(string Key, string PrimaryKey, DateTimeOffset SignedAt) : SignatureFinding;

    public sealed record Bad(ProofRefusal Why) : SignatureFinding;
}

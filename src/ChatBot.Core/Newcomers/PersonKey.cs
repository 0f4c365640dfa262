using System.Security.Cryptography;
using System.Text;

namespace ChatBot.Core.Newcomers;

/// <summary>
/// What is kept of a person who was welcomed: HMAC-SHA256 of a services account and of <c>user@host</c>, never the words
/// themselves. The database without the secret reveals nobody's name.
/// </summary>
public static class PersonKey
{
    /// <summary>The hashes by which a person is recognised; one of them in common makes the same person.</summary>
    /// <param name="nick">
    /// As the network compares nicks. Counts only where no host and no account is known: nobody owns a nick.
    /// </param>
    /// <param name="user">The user name; the <c>~</c> of an unverified one does not count, it comes and goes with identd.</param>
    /// <param name="host">Null or empty where there is none, as in the demo.</param>
    /// <param name="account">The services account; null, empty, <c>*</c> and <c>0</c> all mean none.</param>
    /// <param name="secret">From the store, the same as long as the hashes are to be recognised.</param>
    /// <returns>One or two texts of 64 lower-case hexadecimal digits.</returns>
    public static IReadOnlyList<string> Hashes(
        string nick, string? user, string? host, string? account, ReadOnlySpan<byte> secret)
    {
        var hashes = new List<string>(2);
        if (account is not (null or "" or "*" or "0"))
        {
            hashes.Add(Hash("account:" + account, secret));
        }

        if (!string.IsNullOrEmpty(host))
        {
            hashes.Add(Hash($"host:{user?.TrimStart('~')}@{host}", secret));
        }

        if (hashes.Count == 0)
        {
            hashes.Add(Hash("nick:" + nick, secret));
        }

        return hashes;
    }

    private static string Hash(string name, ReadOnlySpan<byte> secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(name.ToLowerInvariant())));
}

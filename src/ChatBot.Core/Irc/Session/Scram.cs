using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// The client side of SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding. Each step is null where the server lies.
/// Account and password are prepared as <see cref="SaslPrep"/> can.
/// </summary>
internal sealed class Scram(string account, string password, string nonce)
{
    private const string NoBinding = "n,,";

    // RFC 7677 asks for 4096 at least; the most keeps a lying server from stopping the bot for minutes.
    private const int LeastIterations = 4096;
    private const int MostIterations = 500_000;

    private readonly string? _account = SaslPrep.Prepare(account);
    private readonly string? _password = SaslPrep.Prepare(password);
    private byte[]? _serverSignature;

    /// <summary>False where the account or the password holds what SASLprep forbids.</summary>
    public bool CanBegin => _account is not null && _password is not null;

    private string ClientFirstBare => $"n={Escape(_account!)},r={nonce}";

    public string First() => NoBinding + ClientFirstBare;

    public string? Final(string serverFirst)
    {
        var parts = Attributes(serverFirst);
        if (_serverSignature is not null
            || !parts.TryGetValue('r', out var both) || !both.StartsWith(nonce, StringComparison.Ordinal) || both.Length == nonce.Length
            || !parts.TryGetValue('s', out var salt64) || FromBase64(salt64) is not { } salt
            || !parts.TryGetValue('i', out var i) || !int.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            || rounds is < LeastIterations or > MostIterations)
        {
            return null;
        }

        var withoutProof = $"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(NoBinding))},r={both}";
        var transcript = Encoding.UTF8.GetBytes($"{ClientFirstBare},{serverFirst},{withoutProof}");
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(_password!), salt, rounds, HashAlgorithmName.SHA256, 32);
        var proof = HMACSHA256.HashData(salted, "Client Key"u8);
        var signature = HMACSHA256.HashData(SHA256.HashData(proof), transcript);
        for (var at = 0; at < proof.Length; at++)
        {
            proof[at] ^= signature[at];
        }

        _serverSignature = HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), transcript);
        return $"{withoutProof},p={Convert.ToBase64String(proof)}";
    }

    /// <summary>True where the server has shown that it knows the password too.</summary>
    public bool Verify(string serverFinal) =>
        _serverSignature is not null
        && Attributes(serverFinal).TryGetValue('v', out var verifier)
        && FromBase64(verifier) is { } signature
        && CryptographicOperations.FixedTimeEquals(signature, _serverSignature);

    private static Dictionary<char, string> Attributes(string message)
    {
        var found = new Dictionary<char, string>();
        foreach (var part in message.Split(','))
        {
            if (part.Length >= 2 && part[1] == '=')
            {
                found.TryAdd(part[0], part[2..]);
            }
        }

        return found;
    }

    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 0 ? bytes[..length] : null;
    }

    private static string Escape(string name) =>
        name.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
}

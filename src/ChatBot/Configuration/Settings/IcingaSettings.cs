using ChatBot.Configuration.Settings;

namespace ChatBot.Configuration;

/// <summary>The API of an Icinga 2.</summary>
/// <param name="Url">Scheme, host and port alone; without TLS only on this machine.</param>
/// <param name="User">The name of an ApiUser.</param>
/// <param name="Password">Theirs.</param>
public sealed record IcingaSettings(Uri Url, string User, SecretValue Password)
{
    /// <summary>Full path of a PEM file with the authorities to believe instead of the system's.</summary>
    public string? TlsCaFile { get; init; }

    /// <summary>SHA-256 of the one certificate to believe, in hexadecimal digits.</summary>
    public string? TlsFingerprint { get; init; }
}

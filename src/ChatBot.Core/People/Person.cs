namespace ChatBot.Core.People;

/// <summary>Somebody with an account, as <c>people.toml</c> describes them.</summary>
public sealed record Person
{
    public const string AdminRole = "admin";

    /// <summary>What the bot calls them.</summary>
    public required string Name { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Services accounts on the IRC network.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>TLS client certificate fingerprints, hexadecimal without separators.</summary>
    public IReadOnlyList<string> CertFps { get; init; } = [];

    /// <summary>OpenPGP key fingerprints, hexadecimal without separators.</summary>
    public IReadOnlyList<string> Pgp { get; init; } = [];

    public IReadOnlyList<string> Mail { get; init; } = [];

    /// <summary>International telephone number for SMS, read from a file of its own.</summary>
    public string? Phone { get; init; }

    // A record prints its members; an address or a telephone number must appear nowhere.
    public override string ToString() => Name;

    public bool IsAdmin => Roles.Contains(AdminRole, StringComparer.Ordinal);
}

namespace ChatBot.Core.People;

/// <summary>Somebody the group knows, and the proofs by which the bot recognises them; a nick is never one.</summary>
public sealed record Person
{
    public const string AdminRole = "admin";

    /// <summary>How the bot names them to others.</summary>
    public required string Name { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>IRC services accounts.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Client certificate fingerprints: hexadecimal digits without separators, in lower case.</summary>
    public IReadOnlyList<string> CertFps { get; init; } = [];

    /// <summary>OpenPGP key fingerprints: hexadecimal digits without separators, in lower case.</summary>
    public IReadOnlyList<string> Pgp { get; init; } = [];

    /// <summary>Mail addresses they write from.</summary>
    public IReadOnlyList<string> Mail { get; init; } = [];

    /// <summary>An international number, <c>+33612345678</c>; null if they take no SMS.</summary>
    public string? Phone { get; init; }

    public bool IsAdmin => Roles.Contains(AdminRole, StringComparer.Ordinal);

    /// <summary>The name alone: a number or an address has no place in a log.</summary>
    public override string ToString() => Name;
}

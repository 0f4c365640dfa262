namespace ChatBot.Core.Machines;

/// <summary>A host the group runs, as <c>machines.toml</c> describes it.</summary>
public sealed record Machine
{
    /// <summary>The short name people use, <c>hal</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its other names, usually fully qualified ones.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The group it belongs to (mutualisé, dédié, no-log), in the association's own words.</summary>
    public string? Group { get; init; }

    /// <summary>One sentence for people.</summary>
    public string? About { get; init; }

    /// <summary>The checks people ask about, as the monitor names them.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Short names of the machines without which this one cannot be reached or work.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>From where it hands mail to our MX; none where nobody has listed it, and then the networks of the group vouch for it.</summary>
    public IReadOnlyList<SendingPlace> Places { get; init; } = [];

    /// <summary>Where its changelog is: <c>file:/path</c> here, <c>ssh:NAME</c> there, null for the store only.</summary>
    public string? Changelog { get; init; }

    /// <summary>Whether the end of that file is read again and again for what people write there.</summary>
    public bool IsChangelogRead { get; init; }
}

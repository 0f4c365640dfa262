using Dapper;

namespace ChatBot.Storage;

/// <summary>How many incidents one inhibits.</summary>
internal sealed class InhibitedRow
{
    [DbValue(Name = "inhibited_by")]
    public long InhibitedBy { get; init; }

    public long Total { get; init; }

    /// <summary>Those that are open.</summary>
    public long Still { get; init; }
}

/// <summary>When a machine was last announced.</summary>
internal sealed class AnnouncedRow
{
    public string Machine { get; init; } = "";

    [DbValue(Name = "announced_at")]
    public long AnnouncedAt { get; init; }
}

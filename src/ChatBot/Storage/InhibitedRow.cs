namespace ChatBot.Storage;

/// <summary>How many incidents one explains.</summary>
internal sealed class InhibitedRow
{
    public long Total { get; init; }

    /// <summary>Those that are open.</summary>
    public long Still { get; init; }
}

using Dapper;

namespace ChatBot.Storage;

/// <summary>A row of <c>outbox</c> that is an order for the monitor and waits.</summary>
internal sealed record OrderRow
{
    public long Id { get; init; }

    public string Text { get; init; } = "";

    [DbValue(Name = "created_at")]
    public long CreatedAt { get; init; }

    [DbValue(Name = "written_at")]
    public long? WrittenAt { get; init; }

    public string? Trouble { get; init; }
}

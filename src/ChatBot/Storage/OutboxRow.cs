using Dapper;

namespace ChatBot.Storage;

/// <summary>A row of <c>outbox</c> that waits.</summary>
internal sealed class OutboxRow
{
    public long Id { get; init; }

    public string Target { get; init; } = "";

    public string Audience { get; init; } = "";

    public string Text { get; init; } = "";

    [DbValue(Name = "created_at")]
    public long CreatedAt { get; init; }
}

namespace ChatBot.Storage;

/// <summary>How many rows of <c>outbox</c> wait for one target and audience.</summary>
internal sealed class OutboxCount
{
    public string Kind { get; init; } = "";

    public string Target { get; init; } = "";

    public string Audience { get; init; } = "";

    public long Pending { get; init; }
}

using ChatBot.Core.Delivery;
using ChatBot.Core.Incidents;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>A row of <c>outbox</c> that waits.</summary>
public sealed record OutboxRow
{
    private About? _about;

    public long Id { get; init; }

    public string Audience { get; init; } = "";

    /// <summary>What is delivered, as its kind writes and reads it.</summary>
    public string Payload { get; init; } = "";

    [DbValue(Name = "created_at")]
    public long CreatedAt { get; init; }

    [DbValue(Name = "next_try")]
    public long? NextTry { get; init; }

    [DbValue(Name = "handed_at")]
    public long? HandedAt { get; init; }

    /// <summary>A word: why it still waits, where that is known.</summary>
    public string? Result { get; init; }

    public string Topic { get; init; } = "";

    public string? Machine { get; init; }

    public string Incidents { get; init; } = "";

    /// <summary>The facts that it announces.</summary>
    internal About About => _about ??= AboutCodec.Read(Topic, Machine, Incidents);

    /// <summary>It was refused, alone or with others: it must not be tried together with any other.</summary>
    internal bool IsAlone => NextTry is not null;

    internal DateTimeOffset At => Moment.Read(CreatedAt);

    /// <summary>As a line for a channel.</summary>
    internal WaitingLine Read() => new(
        Id,
        Line.FromStore(Payload, Remarks.Read(Audience)),
        At,
        About);
}

/// <summary>What of <c>outbox</c> waits for one target and audience.</summary>
internal sealed class OutboxCount
{
    public string Kind { get; init; } = "";

    public string Target { get; init; } = "";

    public string Audience { get; init; } = "";

    public long Pending { get; init; }

    /// <summary>When the first of them was made.</summary>
    public long Oldest { get; init; }
}

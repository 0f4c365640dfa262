using ChatBot.Core.Delivery;
using ChatBot.Core.Text;
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

    public string Topic { get; init; } = "";

    public string? Machine { get; init; }

    public string Incidents { get; init; } = "";

    public WaitingLine Read() => new(
        Id,
        Remarks.Read(Audience) == ChatBot.Core.Text.Audience.Public
            ? (Line)PublicText.FromStore(Text)
            : (Line)new RootText(Text, int.MaxValue),
        Moment.Read(CreatedAt),
        AboutCodec.Read(Topic, Machine, Incidents));
}

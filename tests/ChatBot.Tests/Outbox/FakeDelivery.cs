using System.Collections.Concurrent;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Tests.Outbox;

/// <summary>Takes the rows of one kind, each by itself, as the test answers.</summary>
internal sealed class FakeDelivery(string kind) : IDelivery
{
    public event Action<string>? Ready;

    public ConcurrentQueue<string> Tried { get; } = new();

    /// <summary>By the payload of the row.</summary>
    public Func<string, DeliveryResult> Answer { get; set; } = _ => new DeliveryResult.Sent();

    public bool IsOpen { get; set; } = true;

    public IReadOnlyList<Line> Announcements { get; set; } = [];

    public string Kind => kind;

    public void Open()
    {
        IsOpen = true;
        Ready?.Invoke("t");
    }

    public string? ReasonAgainst(string target, Audience audience) => target == "gone" ? OutboxPump.NotConfigured : null;

    public OutboxRange? RangeWanted(string target) => IsOpen ? new OutboxRange(3) : null;

    public Task<DeliveryReport> TryAsync(string target, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            Tried.Enqueue(row.Payload);
        }

        return Task.FromResult(new DeliveryReport([.. rows.Select(row => new DeliveryAttempt([row.Id], Answer(row.Payload)))]) { Announcements = Announcements });
    }
}

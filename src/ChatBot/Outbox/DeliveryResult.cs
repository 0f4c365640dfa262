using ChatBot.Core.Text;

namespace ChatBot.Outbox;

/// <summary>What became of a try.</summary>
public abstract record DeliveryResult
{
    private DeliveryResult()
    {
    }

    /// <summary>The target has shown that it has it.</summary>
    public sealed record Sent : DeliveryResult;

    /// <summary>Not now; nothing is wrong with the rows.</summary>
    /// <param name="In">When to try again; null where that is for the pump to say, ever later.</param>
    /// <param name="Reason">Kept with the rows; null where it is not to be.</param>
    public sealed record TryLater(TimeSpan? In = null, string? Reason = null) : DeliveryResult;

    /// <summary>The target refuses these very rows: they are tried alone, ever later, and set aside after the third time.</summary>
    /// <param name="Reason">Begins with its code, which may be said anywhere.</param>
    public sealed record Refused(string Reason) : DeliveryResult;

    /// <summary>There is no use in delivering them any more.</summary>
    /// <param name="Reason">A word.</param>
    public sealed record GivenUp(string Reason) : DeliveryResult;
}

/// <summary>Rows that were tried as one, by their ids, and what became of them.</summary>
public sealed record DeliveryAttempt(IReadOnlyList<long> Rows, DeliveryResult Result);

/// <summary>What a delivery made of rows; those it does not name were not tried.</summary>
/// <param name="Attempts">What was tried.</param>
public sealed record DeliveryReport(IReadOnlyList<DeliveryAttempt> Attempts)
{
    public static readonly DeliveryReport NothingTried = new([]);

    /// <summary>Lines for the channels, stored together with what became of the rows.</summary>
    public IReadOnlyList<Line> Announcements { get; init; } = [];
}

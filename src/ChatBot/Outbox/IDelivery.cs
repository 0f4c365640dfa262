using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Storage;

namespace ChatBot.Outbox;

/// <summary>
/// Brings the rows of one kind to their targets. It decides how; the pump keeps what became of them, and decides when to try again.
/// Calls for one target come one after the other, those for several side by side.
/// </summary>
public interface IDelivery
{
    /// <summary>The target takes rows again: it is to be tried now, whatever the pump waits for.</summary>
    event Action<string>? Ready;

    string Kind { get; }

    /// <summary>What is said when a row is set aside: its number, its target, the code of the refusal.</summary>
    Sentence3 SetAside => new(
        "delivery {0} to {1} was refused three times ({2}): it is set aside",
        "l'envoi {0} pour {1} a été refusé trois fois ({2}) : il est mis de côté");

    /// <summary>Why such rows can never be delivered by the configuration in force, as a word; null where they can.</summary>
    string? ReasonAgainst(string target, Audience audience);

    /// <summary>Which of the waiting rows it can use now; null where the target takes none until it is <see cref="Ready"/>.</summary>
    OutboxRange? RangeWanted(string target);

    /// <summary>
    /// Tries rows as it likes: all or some, each by itself or several as one. Where it answers for none, nothing is tried until
    /// there is a new row or the target is ready.
    /// </summary>
    /// <param name="target">Where to.</param>
    /// <param name="rows">Those it wants and that may be tried now, oldest first.</param>
    /// <param name="cancellationToken">The bot stops.</param>
    Task<DeliveryReport> TryAsync(string target, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken);
}

/// <summary>Rows of a target.</summary>
/// <param name="Count">At most so many, the oldest.</param>
/// <param name="After">Only those with a greater id; where it is given, none at all is a reason to try as well.</param>
public readonly record struct OutboxRange(int Count, long After = 0);

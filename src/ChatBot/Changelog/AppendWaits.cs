using System.Collections.Concurrent;
using ChatBot.Core.Changelog;

namespace ChatBot.Changelog;

/// <summary>
/// The entries whose author waits for the place in the answer: what is appended while nobody waits is announced instead, so that each
/// place is said once.
/// </summary>
public sealed class AppendWaits
{
    private readonly ConcurrentDictionary<long, ChangelogPlace?> _waits = new();

    /// <summary>Somebody waits from now on.</summary>
    /// <param name="row">Of the outbox.</param>
    public void Begin(long row) => _waits[row] = null;

    /// <summary>Nobody waits any more.</summary>
    /// <returns>Where it stands; null where it is not there yet.</returns>
    public ChangelogPlace? End(long row) => _waits.TryRemove(row, out var place) ? place : null;

    /// <summary>An entry is in its file.</summary>
    /// <returns>False where nobody waits, so that it is to be announced.</returns>
    public bool Tell(long row, ChangelogPlace place) => _waits.TryUpdate(row, place, null);
}

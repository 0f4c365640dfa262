using ChatBot.Storage;

namespace ChatBot.Reports;

/// <summary>Where every source hands over what it brings.</summary>
public interface IReportSink
{
    /// <summary>
    /// Takes arrivals in, in their order, in the transaction of the source: each once, with all it means, what is to be announced of it by
    /// now, and the wake-ups of the commit. One call for a batch, so that what arrived together is announced together.
    /// </summary>
    /// <returns>Of each arrival, whether it is new; one that came before changes nothing.</returns>
    Task<IReadOnlyList<bool>> TakeAsync(StoreTransaction transaction, IReadOnlyList<Arrival> arrivals);
}

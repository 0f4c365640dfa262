namespace ChatBot.Storage;

/// <summary>The transaction that several pieces of work share, for as long as it lasts: what outlives it fails instead of writing elsewhere.</summary>
internal sealed class JoinedTransaction(StoreTransaction transaction) : IDisposable
{
    private volatile bool _isOver;

    public StoreTransaction Transaction =>
        _isOver ? throw new InvalidOperationException("The transaction that this belongs to is over.") : transaction;

    public void Dispose() => _isOver = true;
}

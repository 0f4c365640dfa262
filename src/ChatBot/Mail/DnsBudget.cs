namespace ChatBot.Mail;

/// <summary>A time that begins when its token is first asked for, and cancels it when over.</summary>
internal sealed class DnsBudget(TimeSpan limit, TimeProvider time) : IDisposable
{
    private readonly Lazy<CancellationTokenSource> _over = new(() => new CancellationTokenSource(limit, time));

    public CancellationToken Token => _over.Value.Token;

    public void Dispose()
    {
        if (_over.IsValueCreated)
        {
            _over.Value.Dispose();
        }
    }
}

using ChatBot.Async;
using ChatBot.Core.Mail;

namespace ChatBot.Mail;

/// <summary>What all mailboxes share: the loop that watches, and that logs a failure and tries again later.</summary>
/// <param name="facts">What is known of every mail in it.</param>
/// <param name="time">The clock.</param>
/// <param name="jitter">Numbers from 0 to 1 that spread the retries.</param>
/// <param name="log">For the operator.</param>
internal abstract partial class MailSource(MailSourceFacts facts, TimeProvider time, Func<double> jitter, ILogger log) : IMailSource
{
    // A disk that was full is used soon after there is room again.
    private static readonly TimeSpan LongestUnstored = TimeSpan.FromSeconds(5);

    private readonly Backoff _backoff = new(time, jitter);
    private readonly Backoff _unstored = new(time, jitter, longest: LongestUnstored);
    private long _stored;

    public string Name => facts.Name;

    public bool IsConnected { get; protected set; }

    /// <summary>
    /// The last failure in words for the operator, or null where all is well; contains no address, password or mail content.
    /// </summary>
    public string? LastError { get; private set; }

    /// <summary>How many mails were handed over and stored since the start, the same mail again included.</summary>
    public long Stored => Interlocked.Read(ref _stored);

    protected MailSourceFacts Facts => facts;

    protected TimeProvider Time => time;

    protected ILogger Log => log;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await WatchAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure) when (Explain(failure) is { } reason)
            {
                IsConnected = false;
                if (NeedsOperator(failure))
                {
                    _backoff.Slow();
                }

                await RetryLaterAsync(reason, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        IsConnected = false;
    }

    /// <summary>One connection, session or watch; called again when it returns.</summary>
    protected abstract Task WatchAsync(CancellationToken cancellationToken);

    /// <summary>The reason of a failure in words for the operator; null for one that is a bug of ours.</summary>
    protected abstract string? Explain(Exception failure);

    /// <summary>Whether trying again soon is pointless.</summary>
    protected virtual bool NeedsOperator(Exception failure) => false;

    protected void CountStored(int mails) => Interlocked.Add(ref _stored, mails);

    /// <summary>The next failure is the first again.</summary>
    /// <param name="remark">What is still not well, for <see cref="LastError"/>.</param>
    protected void Succeeded(string? remark = null)
    {
        LastError = remark;
        _backoff.Reset();
    }

    /// <summary>Logs the reason and waits, longer after each failure in a row.</summary>
    protected Task RetryLaterAsync(string reason, CancellationToken cancellationToken)
    {
        Fail(reason);
        return _backoff.WaitAsync(cancellationToken);
    }

    /// <summary>Hands mails over until they are stored.</summary>
    protected async Task StoreAsync(IMailIntake intake, IReadOnlyList<IncomingMail> mails, CancellationToken cancellationToken)
    {
        while (await intake.TakeAsync(mails, cancellationToken) is IntakeResult.TryLater later)
        {
            Fail(later.Reason);
            await _unstored.WaitAsync(cancellationToken);
        }

        _unstored.Reset();
    }

    // Of tries that fail alike the log shows the first.
    private void Fail(string reason)
    {
        if (LastError != reason)
        {
            LogFailed(log, Name, reason);
        }

        LastError = reason;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mailbox {Name}: mails are left where they are, retrying later: {Reason}")]
    private static partial void LogFailed(ILogger log, string name, string reason);
}

namespace ChatBot.Mail;

/// <summary>What came of handing over a batch.</summary>
public abstract record IntakeResult
{
    private IntakeResult()
    {
    }

    /// <summary>All of the batch is durably stored: the source may move it away.</summary>
    public sealed record Stored : IntakeResult;

    /// <summary>
    /// Nothing of the batch is sure to be stored: the source leaves all of it where it is and offers it again later.
    /// </summary>
    public sealed record TryLater(string Reason) : IntakeResult;
}

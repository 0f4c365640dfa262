namespace ChatBot.Core.People;

/// <summary>What was found of one detached signature over one text.</summary>
public abstract record SignatureFinding
{
    private SignatureFinding() { }

    /// <summary>It is right, by a key that is neither expired nor revoked. Fingerprints in lower case.</summary>
    public sealed record Good(string Key, string PrimaryKey, DateTimeOffset SignedAt) : SignatureFinding;

    public sealed record Bad(ProofRefusal Why) : SignatureFinding;
}

namespace ChatBot.Core.Newcomers;

/// <summary>What the caller of a <see cref="Greeter"/> has to do: look somebody up, or carry out a verdict.</summary>
/// <param name="Nick">The nick at that moment.</param>
/// <param name="Keys">The hashes of <see cref="PersonKey"/>; at least one.</param>
public abstract record GreeterStep(string Nick, IReadOnlyList<string> Keys);

/// <summary>
/// Asks whether the store knows one of the keys; the answer goes to <see cref="Greeter.Checked"/> with the id of the question,
/// and is ignored if a newer question about the same person has been asked.
/// </summary>
public sealed record Candidate(long Id, string Nick, IReadOnlyList<string> Keys) : GreeterStep(Nick, Keys);

/// <summary>
/// How it ended for one person here, with the channel they came into. Each is counted by its outcome;
/// <see cref="GreetOutcome.Greet"/> is the only one that sends anything.
/// </summary>
public sealed record GreetVerdict(GreetOutcome Outcome, string Nick, string Channel, IReadOnlyList<string> Keys)
    : GreeterStep(Nick, Keys)
{
    /// <summary>Whether the keys are to be stored, or their expiry put off, so that this person is known from now on.</summary>
    public bool Remember =>
        Outcome is GreetOutcome.Greet or GreetOutcome.AlreadyKnown or GreetOutcome.PresentBefore or GreetOutcome.Addressed;
}

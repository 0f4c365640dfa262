using ChatBot.Core.People;

namespace ChatBot.Core.Commands;

/// <summary>Who calls a command, as the server told for that very message. Nothing of this is kept.</summary>
/// <param name="Nick">What they are called at this moment; never a proof.</param>
/// <param name="Account">Their services account by the server's word; null where it gave none or was not asked.</param>
/// <param name="Person">The person of <c>people.toml</c> with that account.</param>
public sealed record Caller(string Nick, string? Account, Person? Person)
{
    /// <summary>False where the network tells no accounts at all, so that a refusal can say so.</summary>
    public bool NetworkTellsAccounts { get; init; } = true;

    public bool IsAdmin => Person is { IsAdmin: true };
}

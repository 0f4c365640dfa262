
using ChatBot.Core.People;

namespace ChatBot.Core.Commands;

/// <summary>Who calls a command, as the server told for that very message, or a proof that held. Nothing of this is kept.</summary>
/// <param name="Nick">What they are called at this moment; never a proof.</param>
/// <param name="Account">Their services account by the server's word; null where it gave none or was not asked.</param>
/// <param name="Person">The person of <c>people.toml</c> with that account, certificate or key.</param>
public sealed record Caller(string Nick, string? Account, Person? Person)
{
    /// <summary>False where the network tells no accounts at all, so that a refusal can say so.</summary>
    public bool NetworkTellsAccounts { get; init; } = true;

    /// <summary>Until when they are known by an OpenPGP proof; null where the server says who they are, or nobody does.</summary>
    public DateTimeOffset? ProvedUntil { get; init; }

    public bool IsAdmin => Person is { IsAdmin: true };
}

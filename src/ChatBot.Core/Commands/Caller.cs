
using ChatBot.Core.People;

namespace ChatBot.Core.Commands;

/// <summary>Who calls a command, as the server said for that very message, or by a valid proof. Nothing of this is kept.</summary>
/// <param name="Nick">What they are called at this moment; never a proof.</param>
/// <param name="Account">Their services account by the server's word; null where it gave none or was not asked.</param>
/// <param name="Person">The person of <c>people.toml</c> with that account, certificate or key.</param>
public sealed record Caller(string Nick, string? Account, Person? Person)
{
    /// <summary>False where the network has no accounts at all, so that a refusal can say so.</summary>
    public bool NetworkTellsAccounts { get; init; } = true;

    /// <summary>It would matter who they are, and the server was not asked: too many make the bot ask.</summary>
    public bool IsUnasked { get; init; }

    /// <summary>Where the network tells no accounts, whether an OpenPGP proof would do instead.</summary>
    public bool MayProve { get; init; }

    /// <summary>Until when they are known by an OpenPGP proof; null where the server says who they are, or nobody does.</summary>
    public DateTimeOffset? ProvedUntil { get; init; }

    /// <summary>The nick as the network compares nicks.</summary>
    public string NickKey { get; init; } = Nick;

    /// <summary>"user@host", "" where unknown; never logged.</summary>
    public string UserHost { get; init; } = "";

    /// <summary>Of the nick when the message arrived; null where nobody in our channels had it.</summary>
    public Stay? Stay { get; init; }

    // A record prints its members; an address must appear nowhere.
    public override string ToString() => Nick;

    public bool IsAdmin => Person is { IsAdmin: true };
}

using System.Collections.Frozen;
using System.Net;
using ChatBot.Core.Machines;

namespace ChatBot.Core.Mail;

/// <summary>Whom to believe: the <c>[mail]</c> table of the configuration.</summary>
public sealed record MailTrust
{
    /// <summary>
    /// The host name our MX writes into its own Received and Authentication-Results; null where nothing but closed mailboxes is
    /// read.
    /// </summary>
    public string? Mx { get; init; }

    /// <summary>The networks from which our machines hand mail to the MX directly.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>Address patterns, <c>*</c> for any run of characters; each sender speaks for its own machine.</summary>
    public IReadOnlyList<string> TrustedSenders { get; init; } = [];

    /// <summary>Addresses or patterns that speak for all machines.</summary>
    public IReadOnlyList<string> Monitors { get; init; } = [];

    /// <summary>From where a monitor writes, by its address without regard to case; one that is not here, from where its machine does.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<SendingPlace>> MonitorPlaces { get; init; } = NoPlaces;

    private static readonly FrozenDictionary<string, IReadOnlyList<SendingPlace>> NoPlaces =
        FrozenDictionary<string, IReadOnlyList<SendingPlace>>.Empty;

    /// <summary>The only places from which mail in the name of that address is believed; none where nobody has listed any.</summary>
    public IReadOnlyList<SendingPlace> PlacesOf(string address, Inventory inventory) =>
        MonitorPlaces.GetValueOrDefault(address) is { Count: > 0 } own ? own
        : inventory.Find(address[(address.LastIndexOf('@') + 1)..])?.Places ?? [];

    /// <summary>Whether an address is a monitor's; never of none.</summary>
    public bool IsMonitor(string? address) => address is not null && MatchesAny(Monitors, address);

    /// <summary>Whether an address may speak for its own machine.</summary>
    public bool IsTrusted(string address) => MatchesAny(TrustedSenders, address);

    private static bool MatchesAny(IReadOnlyList<string> patterns, string address) => patterns.Any(p => Matches(p, address));

    /// <summary>
    /// Without regard to ASCII case, in time linear in the product of both lengths; <c>*</c> crosses neither end nor <c>@</c>.
    /// </summary>
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, retry = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, retry) = (p++, t);
            }
            else if (p < pattern.Length && char.ToLowerInvariant(pattern[p]) == char.ToLowerInvariant(text[t]))
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0 && text[retry] != '@')
            {
                (p, t) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }
        return pattern[p..].TrimStart('*').IsEmpty;
    }
}

/// <summary>
/// What the configuration says of the mailbox a mail came from; <paramref name="Closed"/>: only our machines can write to it.
/// </summary>
public sealed record MailSourceFacts(string Name, bool Closed);

using System.Net;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail;

/// <summary>
/// Decides whether a mail may raise or end anything. Only what our own MX wrote on top and a signature that was checked are
/// evidence; everything else is the sender's to invent.
/// </summary>
public static class Authenticity
{
    public static bool MayAct(this Verdict verdict) =>
        verdict is Verdict.ClosedMailbox or Verdict.LocalSubmission or Verdict.OurNetwork or Verdict.AuthenticatedDomain or Verdict.SignedDomain;

    /// <summary>How long after its Date a mail from outside may come: what is older may be a copy that somebody kept.</summary>
    public static readonly TimeSpan LongestOnTheWay = TimeSpan.FromHours(6);

    /// <summary>How far ahead of our clock a Date may be.</summary>
    public static readonly TimeSpan FarthestAhead = TimeSpan.FromHours(1);

    /// <summary>Whether a mail of that Date may have been sent now.</summary>
    /// <param name="date">Null where there is none that can be read: then nothing shows it.</param>
    /// <param name="arrived">When it came, by our own clocks: it may be read days later.</param>
    public static bool IsFresh(DateTimeOffset? date, DateTimeOffset arrived) =>
        date is { } sent && sent >= arrived - LongestOnTheWay && sent <= arrived + FarthestAhead;

    /// <summary>
    /// The first reason that settles it; never throws on any mail.
    /// </summary>
    /// <param name="mail">Any.</param>
    /// <param name="source">Its mailbox.</param>
    /// <param name="trust">Whom to believe.</param>
    /// <param name="inventory">The machines, by all their names.</param>
    /// <param name="report">What the mail says.</param>
    /// <param name="arrived">When it came, by our own clocks.</param>
    /// <param name="isSigned">Whether a DKIM signature of the author's domain was checked and is right.</param>
    public static Verdict Judge(
        Mail mail, MailSourceFacts source, MailTrust trust, Inventory inventory, Report report, DateTimeOffset arrived, bool isSigned = false)
    {
        if (source.Closed)
        {
            return Verdict.ClosedMailbox;
        }

        if (mail.Count("From") > 1 || mail.Count("Subject") > 1 || mail.Count("Date") > 1)
        {
            return Verdict.AmbiguousHeaders;
        }

        var origin = Origin(mail, trust, inventory, arrived, isSigned);
        if (!origin.MayAct())
        {
            return origin;
        }

        if (mail.FromAddress is not { } sender)
        {
            return Verdict.SenderNotTrusted;
        }

        if (trust.IsMonitor(sender))
        {
            return origin;
        }

        if (!trust.IsTrusted(sender))
        {
            return Verdict.SenderNotTrusted;
        }

        return SpeaksForItself(sender, inventory, report) ? origin : Verdict.SpeaksForAnother;
    }

    /// <summary>What shows that the author is who From says, whether or not they may raise anything; parameters as for <see cref="Judge"/>.</summary>
    public static AuthorProof ProofOf(
        Mail mail, MailSourceFacts source, MailTrust trust, Inventory inventory, DateTimeOffset arrived, bool isSigned = false)
    {
        if (source.Closed)
        {
            return AuthorProof.Place;
        }

        if (mail.FromAddress is not { } author || mail.Count("From") > 1 || mail.Count("Subject") > 1 || mail.Count("Date") > 1)
        {
            return AuthorProof.None;
        }

        return Origin(mail, trust, inventory, arrived, isSigned) switch
        {
            Verdict.AuthenticatedDomain or Verdict.SignedDomain => AuthorProof.Domain,
            Verdict.OurNetwork or Verdict.LocalSubmission => trust.PlacesOf(author, inventory).Count > 0 ? AuthorProof.Place : AuthorProof.Network,
            _ => AuthorProof.None,
        };
    }

    private static Verdict Origin(Mail mail, MailTrust trust, Inventory inventory, DateTimeOffset arrived, bool isSigned)
    {
        var origin = Origin(mail, trust, inventory);
        if (!origin.MayAct() && isSigned)
        {
            origin = Verdict.SignedDomain;
        }

        return origin is Verdict.AuthenticatedDomain or Verdict.SignedDomain && FreshnessFlaw(mail, arrived) is { } flaw ? flaw : origin;
    }

    /// <summary>What proves the author's domain proves it of a copy too: only its time tells.</summary>
    private static Verdict? FreshnessFlaw(Mail mail, DateTimeOffset arrived) =>
        !IsFresh(mail.Date, arrived) ? Verdict.DateFarOff
        : DkimSignature.OfAuthor(mail).Any(signature => signature.TimeFlaw(arrived) is not null) ? Verdict.SignatureOutOfTime
        : null;

    /// <summary>
    /// A place is no identity: where places are listed for the author only they count; where none is, the network and the MX itself do.
    /// Of a mail from elsewhere within them SPF proves nothing, which knows hosts alone.
    /// </summary>
    private static Verdict Origin(Mail mail, MailTrust trust, Inventory inventory)
    {
        if (trust.Mx is not { Length: > 0 } mx)
        {
            return Verdict.NoTrustedReceived;
        }

        var (hop, hopsAbove) = EntryHop(mail, mx, trust);
        var places = mail.FromAddress is { } author ? trust.PlacesOf(author, inventory) : [];
        var isOurs = hop is { IsLocalSubmission: true } || (hop?.Client is { } client && IsOurs(client, trust));
        if (places.Count == 0 ? isOurs : hop is not null && places.Any(place => Holds(place, hop)))
        {
            return hop!.IsLocalSubmission ? Verdict.LocalSubmission : Verdict.OurNetwork;
        }

        if (mail.AuthenticationResults is [var topmost, ..]
            && ReceivedAboveResults(mail) <= hopsAbove
            && topmost.Passes(mx, mail.AuthorDomain, bySpf: !isOurs))
        {
            return Verdict.AuthenticatedDomain;
        }

        return isOurs ? Verdict.WrongPlace : Verdict.NoTrustedReceived;
    }

    private static bool IsOurs(IPAddress client, MailTrust trust) => trust.Networks.Any(network => network.Contains(client));

    private static bool Holds(SendingPlace place, ReceivedField hop) =>
        hop.IsLocalSubmission ? place.HoldsUser(hop.LocalUser) : hop.Client is { } client && place.Holds(client);

    /// <summary>
    /// Where the mail entered our MX: the topmost Received, or the next one below if the topmost only says that the MX handed the mail to
    /// itself (LMTP, a filter on loopback) and the one below is the MX's too. The program does not look past a hop from outside, nor past one
    /// by loopback where that is none of our networks: any program on the MX could have written what stands below.
    /// </summary>
    private static (ReceivedField? Hop, int HopsAbove) EntryHop(Mail mail, string mx, MailTrust trust)
    {
        ReceivedField? entry = null;
        var hops = 0;
        foreach (var value in mail.Received)
        {
            if (ReceivedField.Parse(value) is not { } hop || !hop.By.Equals(mx, StringComparison.OrdinalIgnoreCase))
            {
                break;
            }

            entry = hop;
            hops++;
            if (!hop.IsLmtp && !(hop.IsOwnHandOver && IsOurs(hop.Client!, trust)))
            {
                break;
            }
        }
        return entry is { IsLmtp: true } ? (null, hops) : (entry, Math.Max(0, hops - 1));
    }

    /// <summary>
    /// What stands below the field of entry came with the mail, so that the sender may have written it (RFC 8601 §5).
    /// </summary>
    private static int ReceivedAboveResults(Mail mail) => mail.Headers
        .TakeWhile(h => !h.Name.Equals("Authentication-Results", StringComparison.OrdinalIgnoreCase))
        .Count(h => h.Name.Equals("Received", StringComparison.OrdinalIgnoreCase));

    private static bool SpeaksForItself(string sender, Inventory inventory, Report report) =>
        (report.Machine is not { } machine
            || inventory.Find(DomainOf(sender)) is { } own && own == inventory.Find(machine.Value))
        && report.Others.All(other => SpeaksForItself(sender, inventory, other));

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];
}

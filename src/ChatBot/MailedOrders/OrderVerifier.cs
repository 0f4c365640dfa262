using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Commands;
using ChatBot.Core.Mail;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.OpenPgp;
using ChatBot.Storage;

namespace ChatBot.MailedOrders;

/// <summary>Finds out who asks for something by mail, with the keys that are in the folder of <c>[openpgp]</c> at that moment.</summary>
/// <param name="keyring">In a home folder of its own.</param>
internal sealed partial class OrderVerifier(Keyring keyring)
{
    /// <summary>How far ahead of our clock a signature may be made.</summary>
    public static readonly TimeSpan FarthestAhead = TimeSpan.FromHours(1);

    public async Task<OrderFinding> VerifyAsync(MailOrderRow row, BotSettings live, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (row.Refusal.Length > 0)
        {
            return new OrderFinding.Refused(Enum.TryParse<OrderRefusal>(row.Refusal, out var known) ? known : OrderRefusal.Failed);
        }

        if (ReplyRecord.Read(row.Content) is { } reply)
        {
            return Judge(row, reply, live, now);
        }

        if (SignedOrder.Read(Convert.FromBase64String(row.Content), out var why) is not { } signed)
        {
            return new OrderFinding.Refused(why);
        }

        if (live.OpenPgp is not { } openPgp || await keyring.LoadAsync(openPgp, cancellationToken) is null)
        {
            return new OrderFinding.Refused(OrderRefusal.NotVerified);
        }

        var (finding, text, octets) = await OpenAsync(openPgp.Program, signed, cancellationToken);
        return finding switch
        {
            SignatureFinding.Bad bad => new OrderFinding.Refused(OrderRefusals.Of(bad.Why)),
            SignatureFinding.Good good => text is null
                ? new OrderFinding.Refused(OrderRefusal.OtherParts)
                : Judge(row, good, Mark(good, octets!), text, SignedOrder.SubjectOf(signed.Signature is null ? [] : octets!), live, now),
            _ => new OrderFinding.Refused(OrderRefusal.NotVerified),
        };
    }

    // Not by the signature, whose numbers anybody can change so that it still is right: by who signed what, and when. Trailing blanks are not signed.
    private static string Mark(SignatureFinding.Good good, byte[] octets)
    {
        var lines = Encoding.Latin1.GetString(octets).Split('\n').Select(line => line.TrimEnd(' ', '\t', '\r'));
        return "signature " + Hash($"{good.PrimaryKey} {good.SignedAt.ToUnixTimeSeconds()} {string.Join('\n', lines).TrimEnd('\n')}");
    }

    private async Task<(SignatureFinding Finding, string? Text, byte[]? Octets)> OpenAsync(string program, SignedOrder signed, CancellationToken cancellationToken)
    {
        if (signed.Signature is { } signature)
        {
            return (await keyring.VerifyAsync(program, signature, [signed.Signed], cancellationToken), SignedOrder.TextOf(signed.Signed), signed.Signed);
        }

        var (finding, octets) = await keyring.OpenAsync(program, signed.Signed, cancellationToken);
        return (finding, octets is null ? null : signed.Charset.GetString(octets), octets);
    }

    private static OrderFinding Judge(
        MailOrderRow row, SignatureFinding.Good good, string mark, string text, string? subject, BotSettings live, DateTimeOffset now)
    {
        var owners = live.People.Persons.Where(one => one.Pgp.Any(key => IsOf(key, good))).ToList();
        var order = MailOrder.Read(text) ?? OfThread(text, ref subject);
        OrderRefusal? why = owners.Count == 0 ? OrderRefusal.KeyOfNobody
            : owners.Count > 1 ? OrderRefusal.KeyOfSeveral
            : owners[0] != live.People.WithMail(row.Address) ? OrderRefusal.KeyOfAnother
            : !owners[0].IsAdmin ? OrderRefusal.NotAdmin
            : order is null ? OrderRefusal.NamesNobody
            : !IsFor(order, live) ? OrderRefusal.OtherBot
            : good.SignedAt < now - live.Mail.Door.Window ? OrderRefusal.TooOld
            : good.SignedAt > now + FarthestAhead ? OrderRefusal.InFuture
            : null;
        return why is { } refused
            ? new OrderFinding.Refused(refused)
            : new OrderFinding.Proven(owners[0], good.PrimaryKey, good.SignedAt, order!, mark) { SignedSubject = subject };
    }

    // In-Reply-To is not signed: what binds such a text to an incident is the subject, as a protected field (RFC 9788) or as its first line.
    private static MailOrder? OfThread(string text, ref string? subject)
    {
        var lines = ReplyText.Read(text, mayStandBelow: true).Lines;
        if (subject is null && lines.Count > 0)
        {
            (subject, lines) = (SubjectField().Replace(lines[0], ""), [.. lines.Skip(1)]);
        }

        return subject is not null && AnsweredSubject.IsAnswer(subject) ? MailOrder.OfReply(lines) : null;
    }

    private static OrderFinding Judge(MailOrderRow row, ReplyRecord reply, BotSettings live, DateTimeOffset now)
    {
        var person = live.People.WithMail(row.Address);
        var order = MailOrder.Read(string.Join('\n', reply.Lines)) ?? MailOrder.OfReply(reply.Lines);
        var (earliest, latest) = (now - live.Mail.Door.Window, now + FarthestAhead);
        OrderRefusal? why = live.Mail.Door.Ack != MailProof.Dkim ? OrderRefusal.NotSigned
            : person is not { IsAdmin: true } ? OrderRefusal.NotAdmin
            : !IsFor(order, live) ? OrderRefusal.OtherBot
            : reply.Date < earliest || reply.SignedAt < earliest ? OrderRefusal.MailTooOld
            : reply.Date > latest || reply.SignedAt > latest ? OrderRefusal.MailInFuture
            : null;
        return why is { } refused
            ? new OrderFinding.Refused(refused)
            : new OrderFinding.Proven(person!, "", reply.SignedAt, order, "message " + Hash($"{reply.Domain.ToLowerInvariant()} {row.MessageId}"))
            {
                Domain = reply.Domain,
                Incidents = reply.Incidents,
            };
    }

    private static bool IsFor(MailOrder order, BotSettings live) =>
        order.For.Length == 0 || order.For.Equals(live.Mail.Smtp?.From, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^(?:Subject|Objet|Sujet) ?: ?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex SubjectField();

    private static bool IsOf(string key, SignatureFinding.Good good) =>
        key.Equals(good.PrimaryKey, StringComparison.OrdinalIgnoreCase) || key.Equals(good.Key, StringComparison.OrdinalIgnoreCase);

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>What was found of a mail that asks for something.</summary>
internal abstract record OrderFinding
{
    private OrderFinding()
    {
    }

    /// <param name="Person">Who signed it, an admin.</param>
    /// <param name="Key">Fingerprint of their main key, lower-case hexadecimal; empty where a domain vouches for them.</param>
    /// <param name="SignedAt">By their clock.</param>
    /// <param name="Order">What they ask for.</param>
    /// <param name="Mark">What was signed, when and by whom, which counts once.</param>
    public sealed record Proven(Person Person, string Key, DateTimeOffset SignedAt, MailOrder Order, string Mark) : OrderFinding
    {
        /// <summary>The domain whose DKIM signature vouches for it; null where an OpenPGP signature does.</summary>
        public string? Domain { get; init; }

        /// <summary>In whose thread it answers, as far as that is signed.</summary>
        public IReadOnlyList<long> Incidents { get; init; } = [];

        /// <summary>The subject within what OpenPGP signs, where it is there.</summary>
        public string? SignedSubject { get; init; }
    }

    public sealed record Refused(OrderRefusal Why) : OrderFinding;
}

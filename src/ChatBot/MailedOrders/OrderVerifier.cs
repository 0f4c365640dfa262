using System.Security.Cryptography;
using System.Text;
using ChatBot.Configuration;
using ChatBot.Core.Commands;
using ChatBot.Core.People;
using ChatBot.OpenPgp;
using ChatBot.Storage;

namespace ChatBot.MailedOrders;

/// <summary>Finds out who asks for something by mail, with the keys that are in the folder of <c>[openpgp]</c> at that moment.</summary>
/// <param name="keyring">In a home folder of its own.</param>
internal sealed class OrderVerifier(Keyring keyring)
{
    /// <summary>How far ahead of our clock a signature may be made.</summary>
    public static readonly TimeSpan FarthestAhead = TimeSpan.FromHours(1);

    public async Task<OrderFinding> VerifyAsync(MailOrderRow row, BotSettings live, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (row.Refusal.Length > 0)
        {
            return new OrderFinding.Refused(Enum.TryParse<OrderRefusal>(row.Refusal, out var known) ? known : OrderRefusal.Failed);
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
                : Judge(row, good, Mark(good, octets!), text, live, now),
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
        MailOrderRow row, SignatureFinding.Good good, string mark, string text, BotSettings live, DateTimeOffset now)
    {
        var owners = live.People.Persons.Where(one => one.Pgp.Any(key => IsOf(key, good))).ToList();
        var order = MailOrder.Read(text);
        OrderRefusal? why = owners.Count == 0 ? OrderRefusal.KeyOfNobody
            : owners.Count > 1 ? OrderRefusal.KeyOfSeveral
            : owners[0] != live.People.WithMail(row.Address) ? OrderRefusal.KeyOfAnother
            : !owners[0].IsAdmin ? OrderRefusal.NotAdmin
            : order is null ? OrderRefusal.NamesNobody
            : !order.For.Equals(live.Mail.Smtp?.From, StringComparison.OrdinalIgnoreCase) ? OrderRefusal.OtherBot
            : good.SignedAt < now - live.Mail.Door.Window ? OrderRefusal.TooOld
            : good.SignedAt > now + FarthestAhead ? OrderRefusal.InFuture
            : null;
        return why is { } refused
            ? new OrderFinding.Refused(refused)
            : new OrderFinding.Proven(owners[0], good.PrimaryKey, good.SignedAt, order!, mark);
    }

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
    /// <param name="Key">Fingerprint of their main key, lower-case hexadecimal.</param>
    /// <param name="SignedAt">By their clock.</param>
    /// <param name="Order">What they ask for.</param>
    /// <param name="Mark">What was signed, when and by whom, which counts once.</param>
    public sealed record Proven(Person Person, string Key, DateTimeOffset SignedAt, MailOrder Order, string Mark) : OrderFinding;

    public sealed record Refused(OrderRefusal Why) : OrderFinding;
}

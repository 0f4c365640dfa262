using ChatBot.Core.Mail;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace ChatBot.Mail;

/// <summary>
/// Checks the DKIM signatures of a mail: the rules of <see cref="DkimSignature"/> first, then the key, then the arithmetic, which is
/// MimeKit's.
/// </summary>
internal sealed class DkimCheck(DkimKeys keys)
{
    private const int MostRead = 20;
    private const int MostTried = 3;

    private readonly DkimPublicKeys _read = new();

    /// <summary>Null where one of its signatures proves the author's domain, else what is wrong with the last one.</summary>
    /// <param name="bytes">The mail as received, whole.</param>
    /// <param name="author">The one address in From.</param>
    /// <param name="arrived">When the mail came.</param>
    /// <param name="cancellationToken">Ends the wait for the DNS, which then counts as silent.</param>
    public async Task<DkimFlaw?> FlawAsync(ReadOnlyMemory<byte> bytes, string author, DateTimeOffset arrived, CancellationToken cancellationToken)
    {
        var (mail, isCut) = MailBounds.Apply(bytes);
        if (isCut)
        {
            return DkimFlaw.NotWhole;
        }

        using var stream = new MemoryStream(mail.ToArray(), writable: false);
        using var message = MailParser.Parse(stream);
        var domain = author[(author.LastIndexOf('@') + 1)..];
        string[] written = [.. message.Headers.Select(header => header.Field), .. message.Body?.Headers.Select(header => header.Field) ?? []];
        DkimFlaw? flaw = DkimFlaw.NoSignature;
        var tried = 0;
        foreach (var header in message.Headers.Where(header => header.Id == HeaderId.DkimSignature).Take(MostRead))
        {
            var signature = DkimSignature.Parse(header.Value);
            flaw = signature is null ? DkimFlaw.Malformed : signature.Flaw(domain, written, DateOf(message), arrived);
            if (flaw is not null)
            {
                continue;
            }

            flaw = await FlawAsync(message, header, signature!, cancellationToken);
            if (flaw is null || ++tried == MostTried)
            {
                break;
            }
        }
        return flaw;
    }

    /// <summary>Reads a mail by which somebody asks for something, as far as a signature of its author's domain vouches for it.</summary>
    /// <param name="bytes">The mail as received, whole.</param>
    /// <param name="author">The one address in From.</param>
    /// <param name="arrived">When the mail came.</param>
    /// <param name="cancellationToken">Ends the wait for the DNS, which then counts as silent.</param>
    public async Task<MailedReply> ReplyAsync(ReadOnlyMemory<byte> bytes, string author, DateTimeOffset arrived, CancellationToken cancellationToken)
    {
        var (mail, isCut) = MailBounds.Apply(bytes);
        if (isCut)
        {
            return new MailedReply.Unproven(DkimFlaw.NotWhole, IsOfDomain: false);
        }

        using var stream = new MemoryStream(mail.ToArray(), writable: false);
        using var message = MailParser.Parse(stream);
        string[] written = [.. message.Headers.Select(header => header.Field), .. message.Body?.Headers.Select(header => header.Field) ?? []];
        MailedReply found = new MailedReply.Unproven(DkimFlaw.NoSignature, IsOfDomain: false);
        var tried = 0;
        foreach (var header in message.Headers.Where(header => header.Id == HeaderId.DkimSignature).Take(MostRead))
        {
            var signature = DkimSignature.Parse(header.Value);
            var flaw = signature is null ? DkimFlaw.Malformed : signature.OrderFlaw(author, written, arrived);
            // What breaks a rule of ours may be the domain's all the same: then its author may hear why.
            if (flaw is DkimFlaw.Malformed or DkimFlaw.UnknownAlgorithm or DkimFlaw.OtherDomain || tried == MostTried)
            {
                found = found is MailedReply.Unproven { Flaw: DkimFlaw.NoSignature } ? new MailedReply.Unproven(flaw ?? DkimFlaw.Mismatch, IsOfDomain: false) : found;
                continue;
            }

            tried++;
            if (await FlawAsync(message, header, signature!, cancellationToken) is { } wrong)
            {
                found = found is MailedReply.Unproven { IsOfDomain: true } ? found : new MailedReply.Unproven(wrong, IsOfDomain: false);
            }
            else if (flaw is { } broken)
            {
                found = new MailedReply.Unproven(broken, IsOfDomain: true);
            }
            else
            {
                return Proven(message, signature!, written);
            }
        }

        return found;
    }

    private static MailedReply Proven(MimeMessage message, DkimSignature signature, string[] written)
    {
        var isSigned = signature.SignsContent(written);
        return ReplyBody.Read(message.Body, isSigned) is { } text && DateOf(message) is { } date
            ? new MailedReply.Proven(signature.Domain, date, signature.Made ?? date, signature.Signs("references", written.Count(IsReferences)), text)
            : new MailedReply.Unproven(DkimFlaw.FieldUnsigned, IsOfDomain: true);
    }

    private static bool IsReferences(string field) => field.Equals("References", StringComparison.OrdinalIgnoreCase);

    private static DateTimeOffset? DateOf(MimeMessage message) => message.Headers.Contains(HeaderId.Date) ? message.Date : null;

    private async Task<DkimFlaw?> FlawAsync(MimeMessage message, Header header, DkimSignature signature, CancellationToken cancellationToken)
    {
        if (await keys.OfAsync(signature.KeyName, cancellationToken) is not { } records)
        {
            return DkimFlaw.NoAnswer;
        }

        if (records is not [var record])
        {
            return DkimFlaw.NoKey;
        }

        if (DkimKey.Flaw(record, signature.Algorithm) is { } flaw)
        {
            return flaw;
        }

        if (_read.Of(record) is not { } key)
        {
            return DkimFlaw.KeyUnfit;
        }

        var verifier = new DkimVerifier(new Given(key)) { MinimumRsaKeyLength = DkimPublicKeys.LeastBits };
        verifier.Enable(DkimSignatureAlgorithm.Ed25519Sha256);
        try
        {
            return verifier.Verify(message, header, cancellationToken) ? null : DkimFlaw.Mismatch;
        }
        catch (Exception mistake) when (IsOfTheInput(mistake))
        {
            return DkimFlaw.Mismatch;
        }
    }

    internal static bool IsOfTheInput(Exception mistake) => mistake is FormatException or ParseException or ArgumentException
        or InvalidOperationException or InvalidCastException or IOException or CryptoException or GeneralSecurityException or ArithmeticException;

    /// <summary>Gives MimeKit the key that was asked for before.</summary>
    private sealed class Given(AsymmetricKeyParameter key) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(
            string methods, string domain, string selector, CancellationToken cancellationToken = default) => key;

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods, string domain, string selector, CancellationToken cancellationToken = default) => Task.FromResult(key);
    }
}

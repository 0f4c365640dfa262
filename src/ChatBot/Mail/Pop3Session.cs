using System.Security.Cryptography;
using ChatBot.Async;
using ChatBot.Core.Mail;
using MailKit;
using MailKit.Net.Pop3;

namespace ChatBot.Mail;

/// <summary>
/// One session with a POP3 server (RFC 1939): what it lists, one mail after the other, and what is deleted at its end. Each
/// command has a minute.
/// </summary>
/// <param name="client">Logged in; the caller's to dispose.</param>
/// <param name="facts">What is known of every mail in it.</param>
/// <param name="time">The clock.</param>
internal sealed class Pop3Session(Pop3Client client, MailSourceFacts facts, TimeProvider time)
{
    /// <summary>
    /// A mail can be had whole or by its header alone: one above this is read by its header, and a server that sends more than it
    /// said is cut off there.
    /// </summary>
    public const int MostBytes = 8 * 1024 * 1024;

    /// <summary>All mails in order; without their names where the server has none.</summary>
    public async Task<IReadOnlyList<Pop3Mail>> ListAsync(CancellationToken cancellationToken)
    {
        if (client.Count == 0)
        {
            return [];
        }

        using var limit = new TimeLimit(RemoteSource.AnswerTime, time, cancellationToken);
        var sizes = await client.GetMessageSizesAsync(limit.Token);
        var uidls = await UidlsAsync(limit.Token);
        return [.. sizes.Select((size, i) => new Pop3Mail(i, i < uidls.Count ? uidls[i] : null, size))];
    }

    /// <summary>The mail, or its first part, or its header where it is very large.</summary>
    /// <exception cref="InvalidDataException">It is larger than the server said; the session is over.</exception>
    public async Task<IncomingMail> FetchAsync(Pop3Mail mail, bool headOnly, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(RemoteSource.AnswerTime, time, cancellationToken);
        using var tooMuch = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        try
        {
            await using var stream = await client.GetStreamAsync(mail.Index, headOnly, tooMuch.Token, new Bound(tooMuch));
            var bytes = new byte[(int)Math.Min(stream.Length, MailBounds.MostBytes + 1)];
            await stream.ReadExactlyAsync(bytes, limit.Token);
            var key = mail.Uidl ?? Convert.ToHexStringLower(SHA256.HashData(bytes));
            return new IncomingMail(key, bytes, time.GetUtcNow(), facts);
        }
        catch (OperationCanceledException) when (tooMuch.IsCancellationRequested && !limit.Token.IsCancellationRequested)
        {
            throw new InvalidDataException("A mail is larger than the server said.");
        }
    }

    /// <summary>Marks mails as deleted; they are once <see cref="QuitAsync"/> is done.</summary>
    public async Task DeleteAsync(IReadOnlyList<Pop3Mail> mails, CancellationToken cancellationToken)
    {
        if (mails.Count == 0)
        {
            return;
        }

        using var limit = new TimeLimit(RemoteSource.AnswerTime, time, cancellationToken);
        await client.DeleteMessagesAsync([.. mails.Select(mail => mail.Index)], limit.Token);
    }

    public async Task QuitAsync(CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(RemoteSource.AnswerTime, time, cancellationToken);
        await client.DisconnectAsync(quit: true, limit.Token);
    }

    private async Task<IList<string>> UidlsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return client.Capabilities.HasFlag(Pop3Capabilities.UIDL) ? await client.GetMessageUidsAsync(cancellationToken) : [];
        }
        catch (Pop3CommandException)
        {
            return [];
        }
    }

    private sealed class Bound(CancellationTokenSource tooMuch) : ITransferProgress
    {
        public void Report(long bytesTransferred, long totalSize) => Report(bytesTransferred);

        public void Report(long bytesTransferred)
        {
            if (bytesTransferred > MostBytes)
            {
                tooMuch.Cancel();
            }
        }
    }
}

/// <summary>One mail of a session's listing.</summary>
/// <param name="Index">From 0, within the session.</param>
/// <param name="Uidl">What the server names it in every session; null where it names none.</param>
/// <param name="Size">In bytes, as the server says.</param>
internal sealed record Pop3Mail(int Index, string? Uidl, int Size)
{
    /// <summary>Names it from one session to the next, as well as can be.</summary>
    public string Name => Uidl ?? $"{Index}/{Size}";
}

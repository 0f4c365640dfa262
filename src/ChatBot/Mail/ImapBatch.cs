using ChatBot.Core.Mail;
using MailKit;
using MailKit.Net.Imap;

namespace ChatBot.Mail;

/// <summary>
/// Some mails of a folder, fetched in two round trips and one more for each very large one, of which only the first part is
/// asked for.
/// </summary>
internal sealed record ImapBatch(IReadOnlyList<IncomingMail> Mails, IList<UniqueId> Uids)
{
    private const int MostMails = 400;
    private const MessageSummaryItems Summary = MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate | MessageSummaryItems.Size;
    private const long MostBytes = 8 * 1024 * 1024;

    public static ImapBatch Empty { get; } = new([], []);

    /// <summary>By BODY.PEEK, so that no flag changes.</summary>
    /// <param name="folder">Open.</param>
    /// <param name="first">How many mails to leave out at its beginning; fewer than it has.</param>
    /// <param name="facts">What is known of every mail in it.</param>
    /// <param name="time">For a mail of which the server does not say when it came.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ImapBatch> FetchAsync(
        ImapFolder folder, int first, MailSourceFacts facts, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await folder.FetchAsync(first, Math.Min(folder.Count, first + MostMails) - 1, Summary, cancellationToken);
        var chosen = Chosen(found);
        var bodies = new Dictionary<UniqueId, byte[]>();
        var whole = chosen.Where(m => m.Size is <= MailBounds.MostBytes).Select(m => m.UniqueId).ToList();
        if (whole.Count > 0)
        {
            await folder.GetStreamsAsync(whole, async (_, _, uid, stream, cancellationToken) => bodies[uid] = await ReadAsync(stream, cancellationToken), cancellationToken);
        }

        foreach (var large in chosen.Where(m => m.Size is not <= MailBounds.MostBytes))
        {
            await using var part = await folder.GetStreamAsync(large.UniqueId, 0, MailBounds.MostBytes + 1, cancellationToken);
            bodies[large.UniqueId] = await ReadAsync(part, cancellationToken);
        }
        var mails = chosen.Where(m => bodies.ContainsKey(m.UniqueId)).Select(m => new IncomingMail(
            $"{folder.UidValidity}/{m.UniqueId.Id}", bodies[m.UniqueId], m.InternalDate?.ToUniversalTime() ?? time.GetUtcNow(), facts));
        return new ImapBatch([.. mails], [.. bodies.Keys]);
    }

    /// <summary>As many as fit, but always one.</summary>
    private static List<IMessageSummary> Chosen(IList<IMessageSummary> found)
    {
        var bytes = 0L;
        return [.. found.TakeWhile((m, i) => (bytes += Math.Min(m.Size ?? uint.MaxValue, MailBounds.MostBytes)) <= MostBytes || i == 0)];
    }

    /// <summary>The server's word for the size is not relied on.</summary>
    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var bytes = new byte[(int)Math.Min(stream.Length, MailBounds.MostBytes + 1)];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length == bytes.Length ? bytes : bytes[..length];
    }
}

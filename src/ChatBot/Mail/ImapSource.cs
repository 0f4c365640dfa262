using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Mail;
using MailKit;
using MailKit.Net.Imap;

namespace ChatBot.Mail;

/// <summary>
/// An IMAP folder (RFC 3501 and 9051): it reads everything in it, in batches, and moves it to another folder once stored; nothing
/// is marked seen or deleted before. The server announces arrivals by IDLE (RFC 2177), which is repeated long before its 29 minutes
/// are over, so that a connection that died in silence is found.
/// </summary>
internal sealed partial class ImapSource(
    MailSourceFacts facts, ImapSettings settings, IMailIntake intake, TimeProvider time, Func<double> jitter, ILogger<ImapSource> log)
    : RemoteSource(facts, time, jitter, log)
{
    /// <summary>Well under the 29 minutes of RFC 2177 and the idle time-outs of home routers.</summary>
    private static readonly TimeSpan IdleFor = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan PollWithoutIdle = TimeSpan.FromSeconds(10);

    private (uint Validity, IList<UniqueId> Uids) _moved = (0, []);

    protected override async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var client = new ImapClient();
        await ConnectAsync(client, settings, cancellationToken);
        var folders = await OpenAsync(client, cancellationToken);
        IsConnected = true;
        LogConnected(Log, Name);
        while (true)
        {
            if (folders.Inbox.Count == 0)
            {
                await AwaitArrivalAsync(client, folders.Inbox, cancellationToken);
            }
            else if (await TakeBatchAsync(folders, cancellationToken) is { } reason)
            {
                await RetryLaterAsync(reason, cancellationToken);
            }
        }
    }

    private async Task<(ImapFolder Inbox, IMailFolder Processed)> OpenAsync(ImapClient client, CancellationToken cancellationToken)
    {
        using var limit = Limit(AnswerTime, cancellationToken);
        var processed = await FindOrCreateAsync(client, settings.ProcessedFolder, limit.Token);
        var inbox = (ImapFolder)await client.GetFolderAsync(settings.Folder, limit.Token);
        await inbox.OpenAsync(FolderAccess.ReadWrite, limit.Token);
        return (inbox, processed);
    }

    private static async Task<IMailFolder> FindOrCreateAsync(ImapClient client, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetFolderAsync(path, cancellationToken);
        }
        catch (FolderNotFoundException)
        {
            var root = await client.GetFolderAsync(client.PersonalNamespaces[0].Path, cancellationToken);
            return await root.CreateAsync(path, isMessageFolder: true, cancellationToken)
                ?? throw new FolderNotFoundException("The server did not create the processed folder.", path);
        }
    }

    /// <returns>Why the server must be asked again later; null where all went well.</returns>
    private async Task<string?> TakeBatchAsync((ImapFolder Inbox, IMailFolder Processed) folders, CancellationToken cancellationToken)
    {
        using var limit = Limit(AnswerTime, cancellationToken);
        var batch = await ImapBatch.FetchAsync(folders.Inbox, Facts, Time, limit.Token);
        if (batch.Uids.Count == 0)
        {
            return "the server counts mails in the folder but gives none";
        }

        // A mailbox that was made anew counts from the beginning.
        if (folders.Inbox.UidValidity == _moved.Validity && batch.Uids.Intersect(_moved.Uids).Any())
        {
            return "the server says that it moved mails, but they stand where they were";
        }

        await StoreAsync(intake, batch.Mails, cancellationToken);
        using var moveLimit = Limit(AnswerTime, cancellationToken);
        await folders.Inbox.MoveToAsync(batch.Uids, folders.Processed, moveLimit.Token);
        _moved = (folders.Inbox.UidValidity, batch.Uids);
        CountStored(batch.Uids.Count);
        Succeeded();
        return null;
    }

    private async Task AwaitArrivalAsync(ImapClient client, ImapFolder inbox, CancellationToken cancellationToken)
    {
        if (client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await IdleAsync(client, inbox, settings.Poll ?? IdleFor, cancellationToken);
        }
        else
        {
            await Task.Delay(settings.Poll ?? PollWithoutIdle, Time, cancellationToken);
        }

        if (inbox.Count == 0)
        {
            using var limit = Limit(AnswerTime, cancellationToken);
            await client.NoOpAsync(limit.Token);
        }

        Succeeded();
    }

    private async Task IdleAsync(ImapClient client, ImapFolder inbox, TimeSpan period, CancellationToken cancellationToken)
    {
        using var done = new CancellationTokenSource(period, Time);
        using var limit = Limit(period + AnswerTime, cancellationToken);
        void Arrived(object? sender, EventArgs arrived) => done.Cancel();
        inbox.CountChanged += Arrived;
        try
        {
            await client.IdleAsync(done.Token, limit.Token);
        }
        finally
        {
            inbox.CountChanged -= Arrived;
        }
    }

    /// <summary>The caller's token, cancelled too once the server has been silent for longer than it may.</summary>
    private TimeLimit Limit(TimeSpan limit, CancellationToken cancellationToken) => new(limit, Time, cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "Mailbox {Name}: connected")]
    private static partial void LogConnected(ILogger log, string name);
}

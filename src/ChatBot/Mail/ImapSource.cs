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
            else if (await TakeAllAsync(folders, cancellationToken) is { } reason)
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

    /// <summary>
    /// Takes what stands in the folder, in order. While the store works on some mails, those before them are moved and those after them
    /// fetched: the connection is not idle meanwhile.
    /// </summary>
    /// <returns>Why the server must be asked again later; null where all went well.</returns>
    private async Task<string?> TakeAllAsync((ImapFolder Inbox, IMailFolder Processed) folders, CancellationToken cancellationToken)
    {
        var batch = await FetchAsync(folders.Inbox, 0, cancellationToken);
        if (batch.Uids.Count == 0)
        {
            return "the server counts mails in the folder but gives none";
        }

        IList<UniqueId> stored = [];
        while (batch.Uids.Count > 0)
        {
            // A mailbox that was made anew counts from the beginning.
            if (folders.Inbox.UidValidity == _moved.Validity && batch.Uids.Intersect(_moved.Uids).Any())
            {
                return "the server says that it moved mails, but they stand where they were";
            }

            var storing = StoreAsync(intake, batch.Mails, cancellationToken);
            var next = ImapBatch.Empty;
            try
            {
                await MoveAsync(folders, stored, cancellationToken);
                next = await FetchAheadAsync(folders.Inbox, batch.Uids.Count, cancellationToken);
            }
            finally
            {
                await storing;
            }

            Succeeded();
            (stored, batch) = (batch.Uids, next);
        }

        await MoveAsync(folders, stored, cancellationToken);
        return null;
    }

    // What fails here is asked for again, and explained, once the mails before it are moved.
    private async Task<ImapBatch> FetchAheadAsync(ImapFolder inbox, int first, CancellationToken cancellationToken)
    {
        try
        {
            return inbox.Count > first ? await FetchAsync(inbox, first, cancellationToken) : ImapBatch.Empty;
        }
        catch (Exception failure) when (IsOfServer(failure) && !cancellationToken.IsCancellationRequested)
        {
            return ImapBatch.Empty;
        }
    }

    private async Task<ImapBatch> FetchAsync(ImapFolder inbox, int first, CancellationToken cancellationToken)
    {
        using var limit = Limit(AnswerTime, cancellationToken);
        return await ImapBatch.FetchAsync(inbox, first, Facts, Time, limit.Token);
    }

    private async Task MoveAsync((ImapFolder Inbox, IMailFolder Processed) folders, IList<UniqueId> stored, CancellationToken cancellationToken)
    {
        if (stored.Count == 0)
        {
            return;
        }

        using var limit = Limit(AnswerTime, cancellationToken);
        await folders.Inbox.MoveToAsync(stored, folders.Processed, limit.Token);
        _moved = (folders.Inbox.UidValidity, stored);
        CountStored(stored.Count);
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

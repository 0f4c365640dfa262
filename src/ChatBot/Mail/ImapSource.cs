using System.Net.Sockets;
using ChatBot.Async;
using ChatBot.Core.Mail;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace ChatBot.Mail;

/// <summary>
/// An IMAP folder (RFC 3501 and 9051): all that stands in it is taken, in batches, and moved to another folder once stored;
/// nothing is
/// marked seen or deleted before. The server tells of arrivals by IDLE (RFC 2177), which is asked anew long before its 29 minutes
/// are
/// over, so that a connection that died in silence is found.
/// </summary>
public sealed partial class ImapSource(
    MailSourceFacts facts, ImapSettings settings, IMailIntake intake, TimeProvider time, Func<double> chance, ILogger<ImapSource> log)
    : IMailSource
{
    /// <summary>Well under the 29 minutes of RFC 2177 and the idle time-outs of home routers.</summary>
    private static readonly TimeSpan IdleFor = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan PollWithoutIdle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Backoff _backoff = new(time, chance);
    private IList<UniqueId> _moved = [];
    private long _stored;

    public string Name => facts.Name;

    public bool IsConnected { get; private set; }

    public string? LastError { get; private set; }

    public long Stored => Interlocked.Read(ref _stored);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await StayConnectedAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure) when (IsOfTheNetwork(failure))
            {
                IsConnected = false;
                if (failure is AuthenticationException)
                {
                    _backoff.Slow();
                }

                await FailedAsync(Explain(failure), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        IsConnected = false;
    }

    private async Task StayConnectedAsync(CancellationToken cancellationToken)
    {
        using var client = new ImapClient();
        var folders = await OpenAsync(client, cancellationToken);
        IsConnected = true;
        LogConnected(Name);
        while (true)
        {
            if (folders.Inbox.Count == 0)
            {
                await AwaitArrivalAsync(client, folders.Inbox, cancellationToken);
            }
            else if (await TakeBatchAsync(folders, cancellationToken) is IntakeResult.TryLater later)
            {
                await FailedAsync(later.Reason, cancellationToken);
            }
        }
    }

    private async Task<(ImapFolder Inbox, IMailFolder Processed)> OpenAsync(ImapClient client, CancellationToken cancellationToken)
    {
        using var limit = Limit(Patience, cancellationToken);
        MailTls.Verify(client, settings.TrustedRoots);
        var security = settings.Tls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.None;
        await client.ConnectAsync(settings.Host, settings.Port, security, limit.Token);
        await client.AuthenticateAsync(settings.User, settings.Password, limit.Token);
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

    private async Task<IntakeResult> TakeBatchAsync((ImapFolder Inbox, IMailFolder Processed) folders, CancellationToken cancellationToken)
    {
        using var limit = Limit(Patience, cancellationToken);
        var batch = await ImapBatch.FetchAsync(folders.Inbox, facts, time, limit.Token);
        if (batch.Uids.Count == 0)
        {
            return new IntakeResult.TryLater("the server counts mails in the folder but gives none");
        }

        if (batch.Uids.Intersect(_moved).Any())
        {
            return new IntakeResult.TryLater("the server says that it moved mails, but they stand where they were");
        }

        if (await intake.TakeAsync(batch.Mails, cancellationToken) is IntakeResult.TryLater later)
        {
            return later;
        }

        using var moveLimit = Limit(Patience, cancellationToken);
        await folders.Inbox.MoveToAsync(batch.Uids, folders.Processed, moveLimit.Token);
        _moved = batch.Uids;
        Interlocked.Add(ref _stored, batch.Uids.Count);
        AllIsWell();
        return new IntakeResult.Stored();
    }

    private async Task AwaitArrivalAsync(ImapClient client, ImapFolder inbox, CancellationToken cancellationToken)
    {
        if (client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await IdleAsync(client, inbox, settings.Poll ?? IdleFor, cancellationToken);
        }
        else
        {
            await Task.Delay(settings.Poll ?? PollWithoutIdle, time, cancellationToken);
        }

        if (inbox.Count == 0)
        {
            using var limit = Limit(Patience, cancellationToken);
            await client.NoOpAsync(limit.Token);
        }
        AllIsWell();
    }

    private async Task IdleAsync(ImapClient client, ImapFolder inbox, TimeSpan period, CancellationToken cancellationToken)
    {
        using var done = new CancellationTokenSource(period, time);
        using var limit = Limit(period + Patience, cancellationToken);
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
    private TimeLimit Limit(TimeSpan limit, CancellationToken cancellationToken) => new(limit, time, cancellationToken);

    private void AllIsWell()
    {
        LastError = null;
        _backoff.Reset();
    }

    private static bool IsOfTheNetwork(Exception failure) => failure is CommandException or ProtocolException or AuthenticationException
        or SslHandshakeException or FolderNotFoundException or ServiceNotConnectedException or ServiceNotAuthenticatedException
        or IOException or SocketException or TimeoutException or OperationCanceledException or NotSupportedException;

    private static string Explain(Exception failure) => failure switch
    {
        AuthenticationException => "the server refused the user or the password: see user and password_file of this source",
        SslHandshakeException => "the server's certificate cannot be verified: see host of this source, or name its authority in tls_ca_file",
        FolderNotFoundException => "the folder is missing and cannot be made: see folder and processed_folder of this source",
        SocketException unreachable => $"no connection: {unreachable.SocketErrorCode}",
        OperationCanceledException or TimeoutException => "the server was silent for too long",
        _ => failure.GetType().Name,
    };

    private Task FailedAsync(string reason, CancellationToken cancellationToken)
    {
        LastError = reason;
        LogFailed(Name, reason);
        return _backoff.WaitAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "Mailbox {Name}: connected")]
    private partial void LogConnected(string name);

    [LoggerMessage(LogLevel.Warning, "Mailbox {Name}: mails are left where they are, trying again later: {Reason}")]
    private partial void LogFailed(string name, string reason);
}

using System.Data.Common;
using ChatBot.Configuration;
using ChatBot.Core.Mail;
using ChatBot.Storage;
using MailKit.Net.Pop3;

namespace ChatBot.Mail;

/// <summary>
/// A POP3 mailbox (RFC 1939): one session per poll. It reads everything in it, in batches, and deletes it once stored, or leaves it
/// there and keeps its name (UIDL), so as not to read it again. A mail whose deletion was lost with the connection is only
/// deleted, the next time. It counts as connected while the last session ended well: the next one is no further away than a poll.
/// </summary>
internal sealed partial class Pop3Source(
    MailSourceFacts facts, Pop3Settings settings, IMailIntake intake, Database database, TimeProvider time, Func<double> jitter,
    ILogger<Pop3Source> log)
    : RemoteSource(facts, time, jitter, log)
{
    private const int BatchCount = 100;
    private const int BatchBytes = 8 * 1024 * 1024;

    private readonly string _mailbox = $"{settings.User}@{settings.Host}";
    private readonly Pop3Quarantine _troubles = new(time);

    protected override async Task WatchAsync(CancellationToken cancellationToken)
    {
        if (await PollAsync(cancellationToken) is { } reason)
        {
            IsConnected = false;
            await RetryLaterAsync(reason, cancellationToken);
        }
        else
        {
            await WaitAsync(cancellationToken);
        }
    }

    protected override string? Explain(Exception failure) =>
        failure is DbException ? "the store does not take it now" : base.Explain(failure);

    /// <summary>One session; the reason why it failed, or null.</summary>
    private async Task<string?> PollAsync(CancellationToken cancellationToken)
    {
        using var client = new Pop3Client();
        await ConnectAsync(client, settings, cancellationToken);
        var session = new Pop3Session(client, Facts, Time);
        var listed = await session.ListAsync(cancellationToken);
        if (settings.LeaveOnServer && listed.Any(mail => mail.Uidl is null))
        {
            return "the server gives its mails no names (UIDL), so that they cannot be left there: write leave_on_server = false, or read it by IMAP";
        }

        _troubles.KeepOnly(listed);
        var stored = await ListStoredAsync(listed, cancellationToken);
        var done = settings.LeaveOnServer ? [] : listed.Where(mail => mail.Uidl is { } uidl && stored.Contains(uidl)).ToList();
        await session.DeleteAsync(done, cancellationToken);
        var chosen = _troubles.Choose([.. listed.Where(mail => mail.Uidl is null || !stored.Contains(mail.Uidl))]);
        var isLastResort = chosen is [var only] && _troubles.IsTroubled(only);
        try
        {
            await TakeAsync(session, chosen, done, cancellationToken);
        }
        catch (Exception failure) when (isLastResort && IsOfServer(failure) && !cancellationToken.IsCancellationRequested)
        {
            // What has failed before was tried because there was nothing else to do.
        }

        return null;
    }

    private async Task TakeAsync(Pop3Session session, IReadOnlyList<Pop3Mail> chosen, List<Pop3Mail> done, CancellationToken cancellationToken)
    {
        for (var next = 0; next < chosen.Count;)
        {
            var (batch, read) = await FetchBatchAsync(session, chosen.Skip(next), cancellationToken);
            next += read;
            if (batch.Count == 0)
            {
                continue;
            }

            await StoreAsync(intake, [.. batch.Select(fetched => fetched.Bytes)], cancellationToken);
            await StoredAsync(session, [.. batch.Select(fetched => fetched.Mail)], done, cancellationToken);
        }
        await session.QuitAsync(cancellationToken);
        await database.WriteAsync(transaction => Pop3Store.ForgetAsync(transaction, _mailbox, Uidls(done)), cancellationToken);
    }

    /// <summary>The first mails, as many as fit a batch, and how many of the listing that used up.</summary>
    private async Task<(List<(Pop3Mail Mail, IncomingMail Bytes)> Batch, int Read)> FetchBatchAsync(
        Pop3Session session, IEnumerable<Pop3Mail> mails, CancellationToken cancellationToken)
    {
        var batch = new List<(Pop3Mail, IncomingMail)>();
        int read = 0, bytes = 0;
        foreach (var mail in mails)
        {
            if (batch.Count == BatchCount || bytes >= BatchBytes)
            {
                break;
            }

            read++;
            if (await FetchAsync(session, mail, cancellationToken) is not { } fetched)
            {
                continue;
            }

            batch.Add((mail, fetched));
            bytes += fetched.Bytes.Length;
        }
        return (batch, read);
    }

    private async Task<IncomingMail?> FetchAsync(Pop3Session session, Pop3Mail mail, CancellationToken cancellationToken)
    {
        try
        {
            return await session.FetchAsync(mail, _troubles.IsTooLarge(mail), cancellationToken);
        }
        catch (Pop3CommandException)
        {
            _troubles.Refused(mail);
            LogRefused(Log, Name);
            return null;
        }
        catch (InvalidDataException) when (!_troubles.IsTooLarge(mail))
        {
            _troubles.TooLarge(mail);
            throw;
        }
        catch (Exception failure) when (IsOfServer(failure) && !cancellationToken.IsCancellationRequested)
        {
            _troubles.Cut(mail);
            throw;
        }
    }

    private async Task StoredAsync(Pop3Session session, List<Pop3Mail> batch, List<Pop3Mail> done, CancellationToken cancellationToken)
    {
        await database.WriteAsync(transaction => Pop3Store.AddAsync(transaction, _mailbox, Uidls(batch)), cancellationToken);
        batch.ForEach(_troubles.Stored);
        CountStored(batch.Count);
        if (settings.LeaveOnServer)
        {
            return;
        }

        await session.DeleteAsync(batch, cancellationToken);
        done.AddRange(batch);
    }

    private Task<IReadOnlySet<string>> ListStoredAsync(IReadOnlyList<Pop3Mail> listed, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => Pop3Store.StoredAsync(transaction, _mailbox, Uidls(listed).ToHashSet(StringComparer.Ordinal)), cancellationToken);

    private static IEnumerable<string> Uidls(IEnumerable<Pop3Mail> mails) => mails.Select(mail => mail.Uidl).OfType<string>();

    private Task WaitAsync(CancellationToken cancellationToken)
    {
        if (!IsConnected)
        {
            LogConnected(Log, Name);
        }

        IsConnected = true;
        Succeeded(_troubles.Count == 0 ? null : $"the server lists mails that it does not give: {_troubles.Count}");
        return Task.Delay(settings.Poll, Time, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Mailbox {Name}: read, and asked again at each poll")]
    private static partial void LogConnected(ILogger log, string name);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Mailbox {Name}: the server refuses to give a mail that it lists; the others are read, and it is asked for again later")]
    private static partial void LogRefused(ILogger log, string name);
}

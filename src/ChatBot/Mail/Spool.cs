using ChatBot.Posix;

namespace ChatBot.Mail;

/// <summary>
/// The bot's own Maildir, where <c>chatbot deliver</c> puts a mail that an MTA pipes to it, whether or not the daemon runs.
/// Exit codes are those an MTA understands (sysexits.h).
/// </summary>
public static class Spool
{
    public const int Kept = 0;
    public const int Refused = 1;
    public const int TryAgain = 75;

    private const int DeletedAtOnce = 200;

    public const int MostBytes = 25 * 1024 * 1024;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly FileStreamOptions NewFile = new()
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        Options = FileOptions.Asynchronous,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    };

    /// <summary>
    /// Keeps one mail durably: written under <c>tmp/</c>, synced, renamed into <c>new/</c>, the folder synced. 0 only when a
    /// power cut could
    /// no longer lose it; 1 if it is empty or above 25 MiB, which no later try would change; 75 for anything else.
    /// </summary>
    public static async Task<int> DeliverAsync(Stream mail, string spool, TimeProvider time, TextWriter error, CancellationToken cancellationToken)
    {
        var name = UniqueName(time);
        var draft = Path.Combine(spool, "tmp", name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(spool)!, OwnerOnly);
            MaildirSource.CreateFolders(spool);
            if (await WriteAsync(mail, draft, cancellationToken) is { } refusal)
            {
                File.Delete(draft);
                await error.WriteLineAsync($"chatbot: refused: {refusal}");
                return Refused;
            }
            File.Move(draft, Path.Combine(spool, "new", name));
            DurableFolder.Sync(Path.Combine(spool, "new"));
            DurableFolder.Sync(spool);
            return Kept;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException
            or OperationCanceledException or NotSupportedException)
        {
            TryDelete(draft);
            await error.WriteLineAsync($"chatbot: not kept, try again: {failure.Message}");
            return TryAgain;
        }
    }

    /// <summary>Deletes mails that are stored, and were delivered before a moment: some hundreds of them, so that nothing else waits.</summary>
    /// <param name="spool">The spool of <c>chatbot deliver</c>, or that of <c>chatbot send</c>; no Maildir of anybody else.</param>
    /// <param name="before">The moment.</param>
    /// <returns>Whether there may be more of them.</returns>
    public static bool DeleteStored(string spool, DateTimeOffset before)
    {
        var stored = new DirectoryInfo(Path.Combine(spool, "cur"));
        if (!stored.Exists)
        {
            return false;
        }

        var old = stored.EnumerateFiles().Where(file => file.LastWriteTimeUtc < before.UtcDateTime).Take(DeletedAtOnce).ToList();
        foreach (var file in old)
        {
            TryDelete(file.FullName);
        }

        return old.Count == DeletedAtOnce && !File.Exists(old[0].FullName);
    }

    /// <summary>Why the mail is refused, or null once it is on the disk.</summary>
    private static async Task<string?> WriteAsync(Stream mail, string draft, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(draft, NewFile);
        var buffer = new byte[64 * 1024];
        while (await mail.ReadAsync(buffer, cancellationToken) is > 0 and var length)
        {
            if (file.Position + length > MostBytes)
            {
                return $"larger than {MostBytes} bytes";
            }

            await file.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
        }
        file.Flush(flushToDisk: true);
        return file.Position == 0 ? "empty" : null;
    }

    private static void TryDelete(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A draft stays in tmp/, which nobody reads; what is stored is tried again.
        }
    }

    /// <summary>
    /// As a Maildir names its files: seconds, what makes it unique, host. The time in front keeps the order of arrival.
    /// </summary>
    private static string UniqueName(TimeProvider time)
    {
        var now = time.GetUtcNow();
        var host = Environment.MachineName.Replace("/", "_", StringComparison.Ordinal).Replace(":", "_", StringComparison.Ordinal);
        return $"{now.ToUnixTimeSeconds()}.M{now.Ticks / 10 % 1_000_000:D6}P{Environment.ProcessId}R{Guid.NewGuid():N}.{host}";
    }
}

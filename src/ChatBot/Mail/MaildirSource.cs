using ChatBot.Async;
using ChatBot.Core.Mail;
using ChatBot.Posix;
using Microsoft.Win32.SafeHandles;

namespace ChatBot.Mail;

/// <summary>
/// A Maildir (https://cr.yp.to/proto/maildir.html): each file that appears in <c>new/</c> is one mail; once stored it is renamed to
/// <c>cur/NAME:2,S</c> and never deleted. The kernel announces arrivals; a slow rescan, each time with a fresh watch, finds what it
/// missed and survives a folder that is removed and put back.
/// </summary>
internal sealed partial class MaildirSource(
    MailSourceFacts facts, string path, IMailIntake intake, TimeProvider time, Func<double> jitter, ILogger<MaildirSource> log)
    : MailSource(facts, time, jitter, log)
{
    private const int BatchCount = 1200;
    private const int BatchBytes = 8 * 1024 * 1024;

    private static readonly string[] Subfolders = ["tmp", "new", "cur"];
    private static readonly TimeSpan Rescan = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RescanUnwatched = TimeSpan.FromSeconds(1);

    // By then the writer of an empty file has nothing left to write.
    private static readonly TimeSpan EmptyForGood = TimeSpan.FromSeconds(2);

    private readonly Signal _arrivals = new();
    private readonly HashSet<string> _unreadable = [];
    private readonly string _new = Path.Combine(path, "new");
    private readonly string _cur = Path.Combine(path, "cur");
    private bool _isBeingWritten;

    /// <summary>How many files stand in <c>new/</c> that could not be read at the last look.</summary>
    public int Unreadable => _unreadable.Count;

    /// <summary>One watch, from its creation until the rescan is due.</summary>
    protected override async Task WatchAsync(CancellationToken cancellationToken)
    {
        CreateFolders(path);
        using var watcher = Watch();
        IsConnected = watcher is not null;
        var rescan = watcher is null ? RescanUnwatched : Rescan;
        var begun = Time.GetTimestamp();
        do
        {
            var isBeingWritten = await TakeAllAsync(cancellationToken);
            var left = rescan - Time.GetElapsedTime(begun);
            await _arrivals.WaitAsync(isBeingWritten && EmptyForGood < left ? EmptyForGood : left, Time, cancellationToken);
        }
        while (Time.GetElapsedTime(begun) < rescan);
    }

    protected override string? Explain(Exception failure) =>
        failure is IOException or UnauthorizedAccessException ? failure.GetType().Name : null;

    /// <summary>Makes a Maildir of <paramref name="path"/> if it is none, open to its owner only.</summary>
    internal static void CreateFolders(string path)
    {
        foreach (var folder in (ReadOnlySpan<string>)[path, .. Subfolders.Select(name => Path.Combine(path, name))])
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Null where the kernel has no watch left to give: then the rescan is quick.</summary>
    private FileSystemWatcher? Watch()
    {
        var watcher = new FileSystemWatcher(_new) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.Size };
        watcher.Created += (_, _) => _arrivals.Set();
        watcher.Changed += (_, _) => _arrivals.Set();
        watcher.Renamed += (_, _) => _arrivals.Set();
        watcher.Error += (_, _) => _arrivals.Set();
        try
        {
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (IOException)
        {
            watcher.Dispose();
            LogUnwatched(Log, Name);
            return null;
        }
    }

    /// <summary>Takes what stands in <c>new/</c>, in order: while the store works on some mails, those after them are read.</summary>
    /// <returns>Whether a file is still being written: the next look takes it.</returns>
    private async Task<bool> TakeAllAsync(CancellationToken cancellationToken)
    {
        _isBeingWritten = false;
        var names = Directory.EnumerateFiles(_new).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal).ToArray();
        _unreadable.IntersectWith(names);
        var (storing, batch) = (Task.CompletedTask, new List<(string File, IncomingMail Mail)>());
        try
        {
            for (var next = 0; next < names.Length;)
            {
                var (read, used) = ReadBatch(names.AsSpan(next));
                next += used;
                await storing;
                var stored = batch;
                storing = read.Count > 0 ? StoreAsync(intake, [.. read.Select(m => m.Mail)], cancellationToken) : Task.CompletedTask;
                batch = read;
                MarkSeen(stored);
            }
        }
        finally
        {
            await storing;
        }

        MarkSeen(batch);
        Succeeded();
        return _isBeingWritten;
    }

    /// <summary>
    /// A name that already exists in <c>cur/</c> is that of the very same mail: nothing is lost where it is replaced.
    /// </summary>
    private void MarkSeen(List<(string File, IncomingMail Mail)> stored)
    {
        foreach (var (file, mail) in stored)
        {
            File.Move(Path.Combine(_new, file), Path.Combine(_cur, mail.Key + ":2,S"), overwrite: true);
        }

        CountStored(stored.Count);
    }

    /// <summary>
    /// The first files in order, as many as fit a batch in number and bytes, and how many names that used up.
    /// </summary>
    private (List<(string File, IncomingMail Mail)> Batch, int Used) ReadBatch(ReadOnlySpan<string> names)
    {
        var batch = new List<(string, IncomingMail)>();
        int used = 0, bytes = 0;
        while (used < names.Length && batch.Count < BatchCount && bytes < BatchBytes)
        {
            var name = names[used++];
            if (Read(name) is not { } mail)
            {
                continue;
            }

            batch.Add((name, mail));
            bytes += mail.Bytes.Length;
        }
        return (batch, used);
    }

    private IncomingMail? Read(string name)
    {
        var file = Path.Combine(_new, name);
        try
        {
            using var handle = Open(file);
            var bytes = new byte[Math.Min(RandomAccess.GetLength(handle), MailBounds.MostBytes + 1)];
            var length = RandomAccess.Read(handle, bytes, 0);
            _unreadable.Remove(name);
            if (IsBeingWritten(file, handle, length))
            {
                _isBeingWritten = true;
                return null;
            }

            return new IncomingMail(UniquePart(name), bytes.AsMemory(0, length), ArrivalOf(file), Facts);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (_unreadable.Add(name))
            {
                LogUnreadable(Log, Name, failure.GetType().Name);
            }

            return null;
        }
    }

    // A FIFO in its place does not block us, and a link does not lead us elsewhere.
    private static SafeFileHandle Open(string file)
    {
        var handle = Libc.Open(file, Libc.OpenFlags.ReadOnly | Libc.OpenFlags.NonBlocking, followLinks: false);
        if (handle is null)
        {
            throw Libc.LastError == Libc.NotThere ? new FileNotFoundException() : new IOException(Libc.LastErrorMessage);
        }

        if (!Libc.IsRegular(handle))
        {
            handle.Dispose();
            throw new IOException("not a regular file");
        }

        return handle;
    }

    /// <summary>
    /// A delivery is renamed into <c>new/</c> whole, but a person may copy a mail there: its file is there before its words.
    /// </summary>
    private bool IsBeingWritten(string file, SafeFileHandle handle, int read) =>
        (read == 0 && Time.GetUtcNow() - File.GetLastWriteTimeUtc(file) < EmptyForGood)
        || (read <= MailBounds.MostBytes && RandomAccess.GetLength(handle) != read);

    private DateTimeOffset ArrivalOf(string file)
    {
        DateTimeOffset written = File.GetLastWriteTimeUtc(file), now = Time.GetUtcNow();
        return written < now ? written : now;
    }

    /// <summary>What names the mail for ever: the file's name without the flags after the colon.</summary>
    private static string UniquePart(string name) => name.Split(':')[0];

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Mailbox {Name}: a file in new/ cannot be read ({Reason}); it is left there. Give the bot the right to read it")]
    private static partial void LogUnreadable(ILogger log, string name, string reason);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Mailbox {Name}: no watch to be had from the kernel, looking every second instead. Raise fs.inotify.max_user_instances")]
    private static partial void LogUnwatched(ILogger log, string name);
}

namespace ChatBot.Mail;

/// <summary>Mails on the disk: Maildirs, mboxes and single mails, found by a path and never written to.</summary>
internal sealed class MailArchive(TimeProvider time)
{
    private const int MostHeadBytes = 64 * 1024;

    /// <summary>Files that could not be read, and why.</summary>
    public List<(string File, string Reason)> Unreadable { get; } = [];

    /// <summary>All mails of a file or, recursively, of a folder, in the order of their dates.</summary>
    public async Task<IReadOnlyList<ArchivedMail>> FindAsync(string path, CancellationToken cancellationToken)
    {
        var mails = new List<ArchivedMail>();
        foreach (var file in Files(path))
        {
            try
            {
                await FindInAsync(file, isNamed: file == path, mails, cancellationToken);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Unreadable.Add((file, failure.Message));
            }
        }
        return [.. mails.OrderBy(mail => mail.At)];
    }

    /// <summary>The bytes of one mail, one more than the bound at most.</summary>
    public static async Task<byte[]> ReadAsync(ArchivedMail mail, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(mail.File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = await ReadAsync(file, mail.Offset, Math.Min(mail.Length, MailBounds.MostBytes + 1), cancellationToken);
        return bytes.AsSpan().StartsWith(Mbox.Marker) ? Mbox.Unquoted(bytes) : bytes;
    }

    private static IEnumerable<string> Files(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", MailPaths.Everywhere).Order(StringComparer.Ordinal) : [path];

    private async Task FindInAsync(string path, bool isNamed, List<ArchivedMail> mails, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var start = await ReadAsync(file.SafeFileHandle, 0, Mbox.Marker.Length, cancellationToken);
        if (start.AsSpan().SequenceEqual(Mbox.Marker))
        {
            await foreach (var (offset, length) in Mbox.SplitAsync(file, cancellationToken))
            {
                mails.Add(new ArchivedMail(path, offset, length, await DateAsync(file, offset, length, cancellationToken)));
            }
        }
        else if (isNamed || MailPaths.IsMail(path))
        {
            mails.Add(new ArchivedMail(path, 0, file.Length, await DateAsync(file, 0, file.Length, cancellationToken)));
        }
    }

    private async Task<DateTimeOffset> DateAsync(FileStream file, long offset, long length, CancellationToken cancellationToken)
    {
        var head = await ReadAsync(file.SafeFileHandle, offset, Math.Min(length, MostHeadBytes), cancellationToken);
        DateTimeOffset written = File.GetLastWriteTimeUtc(file.SafeFileHandle), now = time.GetUtcNow();
        var date = MailParser.Read(head.AsMemory(0, EndOfHead(head))) is MailReading.Readable { Mail.Date: { } sent } ? sent : written;
        return date < now ? date.ToUniversalTime() : now;
    }

    private static int EndOfHead(ReadOnlySpan<byte> mail)
    {
        int unix = mail.IndexOf("\n\n"u8), dos = mail.IndexOf("\r\n\r\n"u8);
        return (unix, dos) switch
        {
            ( < 0, < 0) => mail.Length,
            ( < 0, _) => dos + 2,
            (_, < 0) => unix + 1,
            _ => Math.Min(unix + 1, dos + 2),
        };
    }

    private static async Task<byte[]> ReadAsync(Microsoft.Win32.SafeHandles.SafeFileHandle file, long offset, long most, CancellationToken cancellationToken)
    {
        var bytes = new byte[most];
        var length = 0;
        while (length < bytes.Length && await RandomAccess.ReadAsync(file, bytes.AsMemory(length), offset + length, cancellationToken) is > 0 and var read)
        {
            length += read;
        }

        return bytes[..length];
    }
}

/// <summary>Where one mail of an archive lies.</summary>
/// <param name="File">The file; one of many mails where it is an mbox.</param>
/// <param name="Offset">Of its first byte in the file.</param>
/// <param name="Length">In bytes.</param>
/// <param name="At">When it was sent by its Date, else when the file was written; never in the future.</param>
internal sealed record ArchivedMail(string File, long Offset, long Length, DateTimeOffset At)
{
    /// <summary>To find it again.</summary>
    public string Place => Offset == 0 ? File : $"{File} (byte {Offset})";
}

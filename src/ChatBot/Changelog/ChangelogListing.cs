using System.Globalization;
using ChatBot.Configuration;
using ChatBot.Core.Changelog;
using ChatBot.Posix;

namespace ChatBot.Changelog;

/// <summary><c>chatbot changelog read FILE</c>: what the bot reads in a changelog, entry by entry, and what stands out of order.</summary>
/// <param name="language">Of the messages.</param>
/// <param name="input">Read instead of a file, where its name is <c>-</c>.</param>
/// <param name="output">An entry a line: its line in the file, when, who, what.</param>
/// <param name="errors">What is wrong.</param>
internal sealed class ChangelogListing(MessageLanguage language, Stream input, TextWriter output, TextWriter errors)
{
    private const int LargestFile = 64 * 1024 * 1024;
    private const string StandardInput = "-";

    /// <returns>0, or 1 where the file cannot be read or something in it is out of order.</returns>
    public async Task<int> RunAsync(string path, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        if (await OpenAndReadAsync(path, cancellationToken) is not { } bytes)
        {
            return ExitCode.WrongInput;
        }

        var read = ChangelogReader.Read(bytes, zone);
        foreach (var entry in read.Entries)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{entry.Line}\t{Time(entry, zone)}\t{(entry.By.IsEmpty ? "-" : entry.By.Value)}\t{entry.Text.Value}"));
        }

        foreach (var fault in read.Faults)
        {
            await SayAsync(path, fault.IsOlder
                ? language.Words($"line {fault.Line} is older than line {fault.Before}", $"la ligne {fault.Line} est plus ancienne que la {fault.Before}")
                : language.Words($"line {fault.Line} is newer than line {fault.Before}", $"la ligne {fault.Line} est plus récente que la {fault.Before}"));
        }

        if (read.Unread > 0)
        {
            await SayAsync(path, language.Words($"{read.Unread} more lines were not read", $"{read.Unread} lignes de plus n'ont pas été lues"));
        }

        return read.Faults.Count == 0 && read.Unread == 0 ? ExitCode.Done : ExitCode.WrongInput;
    }

    private async Task<byte[]?> OpenAndReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (path == StandardInput)
            {
                return await ReadAsync(path, input, cancellationToken);
            }

            // A FIFO in its place is not waited for, and a device never ends.
            using var handle = Libc.Open(path, Libc.OpenFlags.ReadOnly | Libc.OpenFlags.NonBlocking);
            if (handle is null)
            {
                await SayAsync(path, Libc.LastErrorMessage);
                return null;
            }

            if (!Libc.IsRegular(handle))
            {
                await SayAsync(path, language.Words("is no regular file; - reads standard input", "n'est pas un fichier ordinaire ; - lit l'entrée standard"));
                return null;
            }

            await using var file = new FileStream(handle, FileAccess.Read, 0);
            return await ReadAsync(path, file, cancellationToken);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            await SayAsync(path, wrong.Message);
            return null;
        }
    }

    private async Task<byte[]?> ReadAsync(string path, Stream from, CancellationToken cancellationToken)
    {
        var (bytes, buffer) = (new MemoryStream(), new byte[64 * 1024]);
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (bytes.Length + read > LargestFile)
            {
                await SayAsync(path, language.Words(
                    $"is larger than {LargestFile / 1024 / 1024} MiB, too large for a changelog", $"dépasse {LargestFile / 1024 / 1024} Mio, trop gros pour un changelog"));
                return null;
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    private static string Time(WrittenEntry entry, TimeZoneInfo zone) => entry.At is { } at
        ? TimeZoneInfo.ConvertTime(at, zone).ToString(entry.Precision == WrittenPrecision.Day ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : "?";

    private Task SayAsync(string path, string what) => errors.WriteLineAsync($"{path}: {what}");
}

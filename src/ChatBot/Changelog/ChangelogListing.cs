using System.Globalization;
using ChatBot.Configuration;
using ChatBot.Core.Changelog;
using ChatBot.Posix;

namespace ChatBot.Changelog;

/// <summary><c>chatbot changelog read FILE</c>: what the bot reads in a changelog, entry by entry, and what stands out of order.</summary>
/// <param name="language">Of the messages.</param>
/// <param name="output">An entry a line: its line in the file, when, who, what.</param>
/// <param name="errors">What is wrong.</param>
internal sealed class ChangelogListing(MessageLanguage language, TextWriter output, TextWriter errors)
{
    private const int LargestFile = 64 * 1024 * 1024;

    /// <returns>0, or 1 where the file cannot be read or something in it is out of order.</returns>
    public async Task<int> RunAsync(string path, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        if (await ReadAsync(path, cancellationToken) is not { } bytes)
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

    private async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                await SayAsync(path, language.Words("is too large for a changelog", "est trop gros pour un changelog"));
                return null;
            }

            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            await SayAsync(path, wrong.Message);
            return null;
        }
    }

    private static string Time(WrittenEntry entry, TimeZoneInfo zone) => entry.At is { } at
        ? TimeZoneInfo.ConvertTime(at, zone).ToString(entry.Precision == WrittenPrecision.Day ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : "?";

    private Task SayAsync(string path, string what) => errors.WriteLineAsync($"{path}: {what}");
}

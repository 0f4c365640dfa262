using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChatBot.Posix;

namespace ChatBot.Changelog;

/// <summary>
/// Who edits a file of this machine: an editor writes back what it has read, and what was appended meanwhile is lost. As
/// <c>changelog-append</c> finds it, also where other accounts' processes do not show (<c>ProtectProc</c>).
/// </summary>
internal static class ChangelogEditors
{
    // vim and nano: "b0", the program, at 24 the process, at 28 whose it is, 40 bytes to a NUL.
    private const int ProcessAt = 24;
    private const int UserAt = 28;
    private const int BlockSize = UserAt + 40;

    private const int MostOfProcess = 64 * 1024;
    private const int LongestWord = 40;
    private const string Unknown = "?";

    private static readonly string[] SwapEndings = ["swp", "swo", "swn"];

    // As changelog-append has it: the kernel's and the file's clocks are not read at the same instant.
    private static readonly TimeSpan Blur = TimeSpan.FromSeconds(2);

    /// <summary>An editor that has the file open, or null; what one left that is gone does not count.</summary>
    /// <param name="path">Full path of the file.</param>
    public static SshOutcome.Busy? Of(string path)
    {
        var (folder, name) = (Path.GetDirectoryName(path) ?? "/", Path.GetFileName(path));
        return SwapEndings.Select(ending => OfSwap(path, Path.Combine(folder, $".{name}.{ending}"))).FirstOrDefault(busy => busy is not null)
            ?? OfEmacs(path, Path.Combine(folder, $".#{name}"));
    }

    private static SshOutcome.Busy? OfSwap(string path, string swap)
    {
        using var handle = Libc.Open(swap, Libc.OpenFlags.ReadOnly | Libc.OpenFlags.NonBlocking, followLinks: false);
        if (handle is null)
        {
            // Whose it is and whether it still runs stands in it.
            return Libc.LastError == Libc.NotAllowed && File.GetLastWriteTimeUtc(swap) > Started() ? new SshOutcome.Busy("vim", Unknown, path) : null;
        }

        var block = new byte[BlockSize];
        if (!Libc.IsRegular(handle) || RandomAccess.Read(handle, block, 0) < UserAt || !block.AsSpan().StartsWith("b0"u8))
        {
            return null;
        }

        var process = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(ProcessAt));
        return Wrote(process, File.GetLastWriteTimeUtc(handle))
            ? Busy(process, "vim", Encoding.Latin1.GetString(block.AsSpan(UserAt)).Split('\0')[0], path)
            : null;
    }

    // A link to USER@HOST.PID:BOOT.
    private static SshOutcome.Busy? OfEmacs(string path, string link)
    {
        var file = new FileInfo(link);
        return file.LinkTarget is { } target
            && int.TryParse(target.Split(':')[0].Split('.')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && Wrote(process, file.LastWriteTimeUtc)
            ? Busy(process, "emacs", target.Split('@')[0], path)
            : null;
    }

    // One that began after the file was written only has the number of one that is gone: a crash, a new start of the machine.
    private static bool Wrote(int number, DateTime written)
    {
        if (number <= 1)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(number);
            return process.StartTime.ToUniversalTime() <= written + Blur;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception hidden) when (hidden is Win32Exception or InvalidOperationException)
        {
            return written > Started();
        }
    }

    // When the machine started, as proc(5) has it.
    private static DateTime Started() => Start("/proc/stat").Split('\n').FirstOrDefault(line => line.StartsWith("btime ", StringComparison.Ordinal)) is { } line
        && long.TryParse(line.AsSpan("btime ".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime
            : DateTime.UnixEpoch;

    // By who became root by sudo, where that shows.
    private static SshOutcome.Busy Busy(int process, string program, string user, string path)
    {
        var sudo = Start($"/proc/{process}/environ").Split('\0').FirstOrDefault(variable => variable.StartsWith("SUDO_USER=", StringComparison.Ordinal));
        return new SshOutcome.Busy(
            Word(Start($"/proc/{process}/comm"), program), Word(sudo?["SUDO_USER=".Length..] ?? "", Word(user, Unknown)), path);
    }

    private static string Word(string text, string otherwise)
    {
        var word = string.Concat(text.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-'));
        return word.Length == 0 ? otherwise : word[..Math.Min(word.Length, LongestWord)];
    }

    // Empty where it does not show.
    private static string Start(string path)
    {
        using var handle = Libc.Open(path, Libc.OpenFlags.ReadOnly);
        try
        {
            var bytes = new byte[MostOfProcess];
            return handle is null ? "" : Encoding.Latin1.GetString(bytes.AsSpan(0, RandomAccess.Read(handle, bytes, 0)));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

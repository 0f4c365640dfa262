using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ChatBot.Outbox;
using MimeKit;

namespace ChatBot.Mail;

/// <summary>
/// The program <c>sendmail</c> of this machine's mail server, as all of them have one: no shell, the recipient as an argument and not from the
/// header (no <c>-t</c>), exit codes of <c>sysexits.h</c>.
/// </summary>
/// <param name="program">Its full path.</param>
/// <param name="logger">Gets the first line of what it complains.</param>
internal sealed partial class SendmailTransport(string program, ILogger logger) : IMailTransport
{
    private const int MostComplaint = 500;

    // EX_USAGE, EX_DATAERR, EX_NOUSER, EX_NOHOST, EX_NOPERM: trying again changes nothing.
    private static readonly int[] Final = [64, 65, 67, 68, 77];

    public string Name => program;

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<DeliveryResult> SendAsync(MimeMessage mail, MailboxAddress sender, MailboxAddress recipient, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, ["-i", "-f", sender.Address, "--", recipient.Address])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C";
        start.Environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            LogProgram(logger, program, "does not start", e.Message);
            return new DeliveryResult.TryLater(Reason: "no-program");
        }

        try
        {
            return await HandOverAsync(process, mail, cancellationToken);
        }
        finally
        {
            Kill(process);
        }
    }

    public Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }

    private async Task<DeliveryResult> HandOverAsync(Process process, MimeMessage mail, CancellationToken cancellationToken)
    {
        var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        var complaint = ComplaintAsync(process.StandardError.BaseStream, cancellationToken);
        var isWhole = true;
        try
        {
            var format = FormatOptions.Default.Clone();
            format.NewLineFormat = NewLineFormat.Unix;
            mail.Prepare(EncodingConstraint.EightBit, 998);
            await mail.WriteToAsync(format, process.StandardInput.BaseStream, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It went away before it had read everything, and its exit code says why.
            isWhole = false;
        }

        await output;
        var said = await complaint;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode == 0 && isWhole)
        {
            return new DeliveryResult.Sent();
        }

        var word = "exit-" + process.ExitCode.ToString(CultureInfo.InvariantCulture);
        LogProgram(logger, program, word, said);
        return Final.Contains(process.ExitCode) ? new DeliveryResult.Refused(word) : new DeliveryResult.TryLater(Reason: word);
    }

    private static async Task<string> ComplaintAsync(Stream errors, CancellationToken cancellationToken)
    {
        var (start, length) = (new byte[MostComplaint], 0);
        while (length < start.Length && await errors.ReadAsync(start.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
        }

        await errors.CopyToAsync(Stream.Null, cancellationToken);
        return Core.Text.Cleaner.Clean(System.Text.Encoding.UTF8.GetString(start, 0, length), MostComplaint);
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It has ended, which is what was wanted.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Program} has not taken a mail ({Result}): {Complaint}")]
    private static partial void LogProgram(ILogger logger, string program, string result, string complaint);
}

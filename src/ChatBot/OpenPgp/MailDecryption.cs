using System.Text;
using ChatBot.Configuration;
using ChatBot.Mail;

namespace ChatBot.OpenPgp;

/// <summary>Opens messages by the keys in <c>decrypt_home</c> of <c>[openpgp]</c>. No byte of a text is written to a disk or a log.</summary>
/// <param name="settings">The configuration in force.</param>
/// <param name="time">For time-outs.</param>
/// <param name="logger">Where it says that a message stays closed.</param>
public sealed partial class MailDecryption(CurrentSettings settings, TimeProvider time, ILogger<MailDecryption> logger) : IMailDecryption
{
    // What gpg says about it stands between the lines of the text (GnuPG, doc/DETAILS).
    private const string Status = "[GNUPG:] ";
    private const string Done = Status + "DECRYPTION_OKAY";
    private const string Failed = Status + "DECRYPTION_FAILED";

    public async Task<string?> OpenAsync(string armored, CancellationToken cancellationToken)
    {
        if (settings.Value.Settings.OpenPgp is not { DecryptHome: { } home } openPgp)
        {
            return null;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            LogClosed(logger);
            return null;
        }

        try
        {
            // A key with a passphrase would ask a person.
            var said = await new GpgProgram(home, time) { MayStartAgent = true }.RunAsync(
                openPgp.Program, ["--pinentry-mode", "error", "--decrypt"], Encoding.ASCII.GetBytes(armored), cancellationToken);
            if (said is not null && said.Contains(Done, StringComparison.Ordinal) && !said.Contains(Failed, StringComparison.Ordinal))
            {
                return string.Join('\n', said.Split('\n').Select(WithoutStatus).OfType<string>());
            }
        }
        catch (OperationCanceledException)
        {
            // It takes too long: said below.
        }

        LogClosed(logger);
        return null;
    }

    // A text without a line feed at its end has it in the midst of a line.
    private static string? WithoutStatus(string line) => line.IndexOf(Status, StringComparison.Ordinal) switch
    {
        0 => null,
        > 0 and var at => line[..at],
        _ => line,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "An encrypted report of a machine was not opened: no key of decrypt_home does it, or gpg takes too long")]
    private static partial void LogClosed(ILogger logger);
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatBot.Core.Machines;
using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Mail;

/// <summary>What the bot would make of mails; reads, and touches nothing.</summary>
/// <param name="inventory">The machines, to recognise one by any of its names.</param>
/// <param name="announce">Words what would be said of a report; also takes the sender's address, and when it would have arrived.</param>
/// <param name="input">What <c>-</c> stands for.</param>
/// <param name="output">One line a mail.</param>
/// <param name="error">Paths that cannot be read, or contain no mail.</param>
public sealed class Classify(
    Inventory inventory, Func<Report, string?, Line> announce, Stream input, TextWriter output, TextWriter error)
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Report Unread = new() { Source = PublicText.Declared("unknown"), Kind = ReportKind.Unknown };

    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>The bot's own address; null where it sends no mail.</summary>
    public string? OwnAddress { get; init; }

    /// <summary>Which senders are monitors; null where nobody says.</summary>
    public MailTrust? Trust { get; init; }

    /// <summary>One line a mail in the order given, <c>-</c> being the input; 0, or 1 if a path could not be read.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> paths, bool json, CancellationToken cancellationToken)
    {
        var exit = 0;
        var isWriting = false;
        foreach (var path in paths)
        {
            try
            {
                var count = 0;
                foreach (var file in path == "-" ? [path] : MailPaths.Expand(path))
                {
                    var (report, from) = Recognise(await ReadAsync(file, cancellationToken));
                    isWriting = true;
                    await output.WriteLineAsync((json ? ToJson(file, report, from) : ToRow(file, report)).AsMemory(), cancellationToken);
                    isWriting = false;
                    count++;
                }

                if (count == 0)
                {
                    await error.WriteLineAsync($"{path}: no mail there, that is no .eml file and no Maildir; links are not followed");
                }
            }
            catch (Exception failure) when (!isWriting && failure is IOException or UnauthorizedAccessException)
            {
                exit = 1;
                await error.WriteLineAsync($"{path}: {failure.Message}");
            }
        }
        return exit;
    }

    private (Report Report, string? From) Recognise(ReadOnlyMemory<byte> bytes) => MailParser.Read(bytes) is MailReading.Readable read
        ? (Classifier.Classify(read.Mail, inventory, OwnAddress, Trust), read.Mail.FromAddress)
        : (Unread, null);

    private async Task<ReadOnlyMemory<byte>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (file != "-")
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            return await HeadAsync(stream, Math.Min(stream.Length, MailBounds.MostBytes) + 1, cancellationToken);
        }
        return await HeadAsync(input, MailBounds.MostBytes + 1, cancellationToken);
    }

    private static async Task<ReadOnlyMemory<byte>> HeadAsync(Stream stream, long most, CancellationToken cancellationToken)
    {
        var bytes = new byte[most];
        return bytes.AsMemory(0, await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken));
    }

    private string ToJson(string file, Report report, string? from)
    {
        var line = announce(report, from);
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, Json))
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteString("source", report.Source.Value);
            json.WriteString("kind", report.Kind.Word());
            json.WriteString("machine", report.Machine?.Value);
            json.WriteString("service", report.Service?.Value);
            json.WriteString("state", report.State?.Word());
            json.WriteString("when", When(report));
            json.WriteString("severity", SeverityWord(report));
            json.WriteString("public", line.For(Audience.Public));
            json.WriteString("root", line.For(Audience.Root));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(_line.WrittenSpan);
    }

    private static string ToRow(string file, Report report) =>
        $"{report.Source.Value,-10} {report.Kind.Word(),-10} {report.Machine?.Value ?? "-",-10} {report.Service?.Value ?? "-",-16} "
        + $"{report.State?.Word() ?? "-",-11} {When(report) ?? "-",-25} {file}";

    private static string? When(Report report) => report.When?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:sszzz");

    /// <summary>
    /// critical, warning, unknown or ok where a state says it, else what the program itself says; null where neither does.
    /// </summary>
    private static string? SeverityWord(Report report) => report.State switch
    {
        CheckState.Critical or CheckState.Down => "critical",
        CheckState.Warning => "warning",
        CheckState.Unknown or CheckState.Unreachable => "unknown",
        CheckState.Ok or CheckState.Up => "ok",
        _ => report.Severity switch
        {
            Severity.Critical => "critical",
            Severity.Warning => "warning",
            Severity.Unknown => "unknown",
            Severity.Ok => "ok",
            Severity.Info => "info",
            _ => null,
        },
    };
}

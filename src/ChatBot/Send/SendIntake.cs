using System.Data.Common;
using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Mail;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Mail;
using ChatBot.Reports;
using ChatBot.Storage;

namespace ChatBot.Send;

/// <summary>
/// Takes in what <c>chatbot send</c> left in its spool. Who may write there is a matter of file modes: the data folder is the bot's
/// alone.
/// </summary>
internal sealed partial class SendIntake(
    Database database, IReportSink sink, CurrentSettings settings, ILogger<SendIntake> logger) : IMailIntake
{
    private static readonly PublicText Source = PublicText.Declared("send");

    // An alert that names no check is about a script, and never says that the machine is down.
    private static readonly Name DefaultService = Name.OfService("script");

    /// <summary>The Maildir of <c>chatbot send</c>, under the data folder.</summary>
    public static string Spool(string data) => Path.Combine(data, "sent");

    /// <summary>The source that watches that Maildir.</summary>
    public static IMailSource Watch(string data, SendIntake intake, TimeProvider time, ILoggerFactory loggers) => new MaildirSource(
        new MailSourceFacts("send", Closed: true), Spool(data), intake, time, Jitter.Next, loggers.CreateLogger<MaildirSource>());

    public async Task<IntakeResult> TakeAsync(IReadOnlyList<IncomingMail> batch, CancellationToken cancellationToken)
    {
        var inventory = settings.Value.Settings.Inventory;
        var arrivals = new List<Arrival>();
        foreach (var file in batch)
        {
            if (SentReport.Read(file.Bytes.Span) is { } sent)
            {
                arrivals.Add(Arrived(sent, file, inventory.Find(sent.Machine)?.Name ?? sent.Machine));
            }
            else
            {
                LogUnreadable(logger, file.Key);
            }
        }

        try
        {
            await database.WriteAsync(transaction => sink.TakeAsync(transaction, arrivals), cancellationToken);
            return new IntakeResult.Stored();
        }
        catch (DbException e)
        {
            LogNotStored(logger, batch.Count, e.Message);
            return new IntakeResult.TryLater(e.Message);
        }
    }

    private static Arrival Arrived(SentReport sent, IncomingMail file, string machine) => new()
    {
        Key = sent.Key is { } key ? $"send:{sent.Kind}:{machine}:{key}" : $"send-file:{file.Key}",
        At = file.ArrivedAt,
        Effect = sent.Kind == "note" ? ArrivalEffect.Line : ArrivalEffect.Full,
        Report = new Report
        {
            Source = Source,
            Machine = Name.OfMachine(machine),
            When = sent.At < file.ArrivedAt ? sent.At : file.ArrivedAt,
            Kind = sent.Kind switch { "alert" => ReportKind.Alert, "ok" => ReportKind.Recovery, _ => ReportKind.Report },
            Service = sent.Kind == "note" ? null : sent.Service is { } service ? Name.OfService(service) : DefaultService,
            State = CheckStates.Parse(sent.State) ?? sent.Kind switch { "alert" => CheckState.Critical, "ok" => CheckState.Ok, _ => null },
            Detail = sent.Text.Length == 0 ? null : new RootText(sent.Text),
            Says = sent.Kind != "note" ? [] : sent.IsPublic ? [Phrase.ForEverybody(sent.Text)] : [Phrase.Quote(sent.Text)],
            IsForEverybody = sent.IsPublic,
        },
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Reports of chatbot send ({Count}) cannot be stored; they stay in the spool: {Reason}")]
    private static partial void LogNotStored(ILogger logger, int count, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Not a report of chatbot send, ignored: {File} in the spool")]
    private static partial void LogUnreadable(ILogger logger, string file);
}

using System.Diagnostics.Metrics;
using System.Reflection;
using ChatBot.Core.Incidents;
using ChatBot.Core.Irc;
using ChatBot.Core.Newcomers;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Metrics;

/// <summary>
/// Everything the bot counts. Made once and handed to who counts; labels are words of our own, never text from outside.
/// The gauges, and what the IRC client counts by itself, are asked when somebody looks, from that thread: they must answer from memory.
/// </summary>
public sealed class BotMetrics : IDisposable
{
    private static readonly double[] MailToLineBuckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600];

    private readonly Meter _meter = new("ChatBot");
    private readonly Counter<long> _reconnects;
    private readonly Counter<long> _mails;
    private readonly Counter<long> _mailsRefused;
    private readonly Counter<long> _mailsSetAside;
    private readonly Counter<long> _mailsRepeated;
    private readonly Counter<long> _linesSaid;
    private readonly long[] _linesSaidTo = new long[Enum.GetValues<Audience>().Length];
    private readonly Counter<long> _linesRefused;
    private readonly Counter<long> _linesSetAside;
    private readonly Counter<long> _digests;
    private readonly Counter<long> _digestRows;
    private readonly Counter<long> _suppressed;
    private readonly Counter<long> _commands;
    private readonly Counter<long> _commandsRefused;
    private readonly Counter<long> _outsiders;
    private readonly Counter<long> _newcomers;
    private readonly Histogram<double> _mailToLine;

    /// <param name="startedAt">When the process started.</param>
    public BotMetrics(DateTimeOffset startedAt)
    {
        Text = new PrometheusText(_meter);
        Gauge("chatbot_irc_connected", "1 while the server has accepted the bot, else 0.", () => One(IrcConnected?.Invoke()));
        Gauge("chatbot_irc_joined_channels", "Channels in which the bot is.", () => One(JoinedChannels?.Invoke()));
        _reconnects = Counter("chatbot_irc_reconnects_total", "Connections to IRC after the first.");
        Gauge("chatbot_irc_queue_lines", "Lines that wait for the pace, or for proof that the server took them.", () => One(Irc?.QueueLength));
        ShowIrc();
        Gauge("chatbot_outbox_pending", "What is decided but not yet delivered.", () => Many("kind", OutboxPending?.Invoke()));
        Gauge("chatbot_outbox_oldest_line_seconds", "How long the line has waited that waits longest for its channel; 0 where none waits.",
            () => One(OldestLineAge?.Invoke().TotalSeconds));
        Gauge("chatbot_mail_sources_connected", "1 while the mailbox can be read, else 0.",
            () => Many("source", MailSources?.Invoke()));
        Gauge("chatbot_lease_held", "1 while this bot speaks from a database that it shares, 0 while it waits or must be silent.", () => One(Lease?.Invoke()?.IsHeld));
        Gauge("chatbot_lease_epoch", "Number of the lease that this bot has, one more with each holder; 0 while it waits.", () => One(Lease?.Invoke()?.Epoch));
        Gauge("chatbot_lease_age_seconds", "How long ago this bot kept its lease; absent while it waits.", () => One(Lease?.Invoke()?.Age?.TotalSeconds));
        _mails = Counter("chatbot_mails_total", "Mails stored, by the program that sent them and what they are about.");
        _mailsRefused = Counter("chatbot_mails_refused_total", "Mails without effect: nothing shows that they come from whom they say.");
        _mailsSetAside = Counter("chatbot_mails_set_aside_total", "Mails that could not be read, kept for a person to look at.");
        _mailsRepeated = Counter("chatbot_mails_repeated_total", "Mails that were stored before, and changed nothing.");
        _linesSaid = Counter("chatbot_lines_said_total", "Lines delivered to IRC.");
        _linesRefused = Counter("chatbot_lines_refused_total", "Tries to say a line that the server refused.");
        _linesSetAside = Counter("chatbot_lines_set_aside_total", "Lines and mails never delivered: the server refuses their very words.");
        _digests = Counter("chatbot_digests_total", "Parts of digests delivered to IRC, where too many lines waited.");
        _digestRows = Counter("chatbot_digest_rows_total", "Waiting lines that went into a digest instead.");
        _suppressed = Counter("chatbot_suppressed_total", "Reports that were not announced, by reason.");
        _mailToLine = _meter.CreateHistogram(
            "chatbot_mail_to_line_seconds", null, "Seconds from the arrival of a mail to its line on IRC.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = MailToLineBuckets });
        _commands = Counter("chatbot_commands_total", "Commands carried out, by how they ended.");
        _commandsRefused = Counter("chatbot_commands_refused_total", "Commands not carried out, by reason.");
        _outsiders = Counter(
            "chatbot_root_outsider_messages_total", "Messages into a root channel by people who are not in it: it lacks the mode +n.");
        _newcomers = Counter("chatbot_newcomers_total", "People who came into a channel, welcomed or not, by reason.");
        Gauge("chatbot_build_info", "Always 1; the label says which version runs.", () => Many("version", [(Version, 1)]));
        Gauge("process_start_time_seconds", "Start of the process, in seconds since 1970 UTC.",
            () => One(startedAt.ToUnixTimeMilliseconds() / 1000.0));
        Gauge("process_resident_memory_bytes", "Memory in use.", () => One(Environment.WorkingSet));
        Text.Start();
        _reconnects.Add(0);
        _mailsSetAside.Add(0);
        _mailsRepeated.Add(0);
        _linesRefused.Add(0);
        _linesSetAside.Add(0);
        _digests.Add(0);
        _digestRows.Add(0);
        _outsiders.Add(0);
    }

    /// <summary>The version of the program, as the build wrote it.</summary>
    public static string Version { get; } =
        typeof(BotMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>What Prometheus reads.</summary>
    public PrometheusText Text { get; }

    public Func<bool>? IrcConnected { private get; set; }

    public Func<int>? JoinedChannels { private get; set; }

    public IrcCounters? Irc { private get; set; }

    /// <summary>For each kind of outbox row, how many wait.</summary>
    public Func<IEnumerable<(string Kind, long Count)>>? OutboxPending { private get; set; }

    /// <summary>How long the oldest line for a channel has waited; zero where none waits.</summary>
    public Func<TimeSpan>? OldestLineAge { private get; set; }

    /// <summary>This bot's part in the lease of the database; null where it has the store to itself.</summary>
    public Func<(bool IsHeld, long Epoch, TimeSpan? Age)?>? Lease { private get; set; }

    /// <summary>For each mail source, by a name from the configuration, whether it can be read.</summary>
    public Func<IEnumerable<(string Source, bool Connected)>>? MailSources { private get; set; }

    public void IrcReconnected() => _reconnects.Add(1);

    /// <param name="source">The format that recognised it, <c>nagios</c>, or <c>unknown</c>, <c>human</c>.</param>
    /// <param name="kind">What it is about.</param>
    public void MailStored(string source, ReportKind kind) =>
        _mails.Add(1, Tag("source", source), Tag("kind", Label<ReportKind>.Of(kind)));

    /// <param name="reason">A word of our own.</param>
    public void MailRefused(string reason) => _mailsRefused.Add(1, Tag("reason", reason));

    public void MailSetAside() => _mailsSetAside.Add(1);

    public void LineSaid(Audience audience)
    {
        Interlocked.Increment(ref _linesSaidTo[(int)audience]);
        _linesSaid.Add(1, Tag("audience", Label<Audience>.Of(audience)));
    }

    /// <summary>How many lines were delivered to channels of an audience since the start; answers to commands are not among them.</summary>
    public long LinesSaidTo(Audience audience) => Interlocked.Read(ref _linesSaidTo[(int)audience]);

    public void LineRefused() => _linesRefused.Add(1);

    public void LineSetAside() => _linesSetAside.Add(1);

    /// <param name="rows">How many waiting lines went into it.</param>
    public void DigestSaid(int rows)
    {
        _digests.Add(1);
        _digestRows.Add(rows);
    }

    /// <summary>The same mail came again, or was offered again after a fault.</summary>
    public void MailRepeated() => _mailsRepeated.Add(1);

    public void Suppressed(Reason reason) => _suppressed.Add(1, Tag("reason", reason.Word()));

    /// <summary>A mail has become a line, so long after it arrived; a clock set back counts as no time.</summary>
    public void MailAnnouncedAfter(TimeSpan elapsed) => _mailToLine.Record(Math.Max(0, elapsed.TotalSeconds));

    /// <param name="command">The first name of a command that exists, not what was typed.</param>
    /// <param name="outcome">A word of our own.</param>
    public void CommandCarriedOut(string command, string outcome) =>
        _commands.Add(1, Tag("command", command), Tag("outcome", outcome));

    /// <param name="reason">A word of our own.</param>
    public void CommandRefused(string reason) => _commandsRefused.Add(1, Tag("reason", reason));

    /// <summary>Somebody wrote into a root channel without being in it.</summary>
    public void OutsiderHeard() => _outsiders.Add(1);

    public void Newcomer(GreetOutcome outcome) =>
        _newcomers.Add(1, Tag("outcome", Label<GreetOutcome>.Of(outcome)));

    public void Dispose()
    {
        Text.Dispose();
        _meter.Dispose();
    }

    private void ShowIrc()
    {
        Gauge("chatbot_irc_lag_seconds", "How long the IRC server took to answer the last PING; 0 before the first answer.",
            () => One(Irc?.Lag.TotalSeconds));
        Observe("chatbot_irc_connects_total", "Connections to IRC that were made.", () => Sum(Irc?.Connects));
        Observe("chatbot_irc_connect_failures_total", "Connections to IRC that could not be made.", () => Sum(Irc?.ConnectFailures));
        Observe("chatbot_irc_disconnects_total", "Connections to IRC that ended, by cause.", () => Disconnects(Irc));
        Observe("chatbot_irc_overlong_lines_total", "Lines of the IRC server that were too long, and dropped.", () => Sum(Irc?.OverlongLines));
        Observe("chatbot_irc_malformed_lines_total", "Lines of the IRC server that made no sense, and were ignored.",
            () => Sum(Irc?.MalformedLines));
    }

    private static IEnumerable<Measurement<long>> Sum(long? value) => value is { } known ? [new(known)] : [];

    private static IEnumerable<Measurement<long>> Disconnects(IrcCounters? irc) => irc is null ? [] :
        Enum.GetValues<CloseCause>().Select(cause => new Measurement<long>(irc.Disconnects(cause), Tag("cause", Label<CloseCause>.Of(cause))));

    private void Observe(string name, string help, Func<IEnumerable<Measurement<long>>> read) =>
        _meter.CreateObservableCounter(name, read, null, help);

    private Counter<long> Counter(string name, string help) => _meter.CreateCounter<long>(name, null, help);

    private void Gauge(string name, string help, Func<IEnumerable<Measurement<double>>> read) =>
        _meter.CreateObservableGauge(name, read, null, help);

    private static IEnumerable<Measurement<double>> One(bool? value) => One(value is { } known ? known ? 1.0 : 0.0 : null);

    private static IEnumerable<Measurement<double>> One(double? value) => value is { } known ? [new(known)] : [];

    private static IEnumerable<Measurement<double>> Many(string label, IEnumerable<(string, bool)>? values) =>
        Many(label, values?.Select(value => (value.Item1, value.Item2 ? 1L : 0L)));

    private static IEnumerable<Measurement<double>> Many(string label, IEnumerable<(string, long)>? values) =>
        (values ?? []).Select(value => new Measurement<double>(value.Item2, Tag(label, value.Item1)));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}

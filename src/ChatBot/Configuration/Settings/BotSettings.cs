
using ChatBot.Configuration.Settings;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.People;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Configuration;

/// <summary>The whole configuration, free of mistakes.</summary>
public sealed record BotSettings
{
    /// <summary>The language of channel lines, where nobody asked in another.</summary>
    public required Locale Locale { get; init; }

    /// <summary>In which times are told.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Full path of the folder of the database and the spool; it may not exist yet.</summary>
    public required string Data { get; init; }

    public required Inventory Inventory { get; init; }

    public required People People { get; init; }

    public required IrcSettings Irc { get; init; }

    public required MailSettings Mail { get; init; }

    public required StorageSettings Storage { get; init; }

    public required NagiosSettings Nagios { get; init; }

    /// <summary>Null where Nagios is the monitor, or there is none.</summary>
    public IcingaSettings? Icinga { get; init; }

    /// <summary>What the monitor is called in a sentence.</summary>
    public PublicText MonitorName => Icinga is null ? MonitorNames.Nagios : MonitorNames.Icinga;

    /// <summary>Whether acknowledgements and downtimes reach the monitor.</summary>
    public bool MonitorTakesOrders => Icinga is not null || Nagios.TakesOrders;

    public required SpeechSettings Speech { get; init; }

    public required WelcomeSettings Welcome { get; init; }

    /// <summary>Null where nobody can prove who they are by a signature.</summary>
    public OpenPgpSettings? OpenPgp { get; init; }

    /// <summary>Programs whose silence is an incident.</summary>
    public IReadOnlyList<WatchSettings> Watches { get; init; } = [];

    /// <summary>Null where there is no status page.</summary>
    public WebSettings? Web { get; init; }
}

using System.Net;
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

    /// <summary>The zone of all times that the bot says.</summary>
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

    /// <summary>Null where no digest is mailed.</summary>
    public DigestSettings? Digest { get; init; }

    /// <summary>How long things are kept.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>How entries reach the changelogs of machines.</summary>
    public ChangelogSettings Changelog { get; init; } = new("known_hosts");

    /// <summary>Null where there is no status page.</summary>
    public WebSettings? Web { get; init; }
}

/// <summary>Nagios on this machine.</summary>
/// <param name="CommandFile">Full path of the FIFO it takes external commands from; null where acknowledgements stay in the
/// bot.</param>
/// <param name="StatusFile">Full path of its status.dat, where names are looked up and effects are seen; never null beside a command
/// file.</param>
public sealed record NagiosSettings(string? CommandFile, string? StatusFile)
{
    /// <summary>Whether acknowledgements and downtimes reach it.</summary>
    public bool TakesOrders => CommandFile is not null && StatusFile is not null;
}

/// <summary>How people prove by OpenPGP who they are.</summary>
/// <param name="Keys">Full path of a folder of public keys, or of one file.</param>
/// <param name="Program">The name or the full path of gpg.</param>
public sealed record OpenPgpSettings(string Keys, string Program)
{
    /// <summary>Full path of a GnuPG home folder with the secret keys to which machines encrypt; null where there is none.</summary>
    public string? DecryptHome { get; init; }
}

/// <summary>What keeps the bot's memory.</summary>
public enum StorageProvider
{
    /// <summary>One file in the data folder.</summary>
    Sqlite,

    /// <summary>A database of PostgreSQL, or of a server that speaks like it.</summary>
    Postgresql,
}

/// <summary>Where the bot's memory is kept.</summary>
/// <param name="Provider">What keeps it.</param>
/// <param name="Connection">How PostgreSQL is reached, as Npgsql writes it; null for SQLite.</param>
/// <param name="Standby">How this bot waits while another one speaks from the same database; null where it does not wait.</param>
public sealed record StorageSettings(StorageProvider Provider, SecretValue? Connection = null, Standby? Standby = null);

/// <summary>How a bot waits for the one that speaks to stop.</summary>
public enum Standby
{
    /// <summary>On IRC, under a nick of its own and in no channel.</summary>
    Warm,

    /// <summary>Off IRC.</summary>
    Cold,
}

/// <summary>A program whose silence is an incident.</summary>
/// <param name="Source">The program, as <c>chatbot classify</c> names it.</param>
/// <param name="Machine">The short name of the machine that it writes from.</param>
/// <param name="SilentAfter">How long it may be silent, from 1 hour to 90 days.</param>
public sealed record WatchSettings(string Source, string Machine, TimeSpan SilentAfter)
{
    /// <summary>A source of its own: the alerts that fire for as long as all is well, <c>Watchdog</c> and its like, whoever mails them.</summary>
    public const string Watchdog = "watchdog";
}

/// <summary>The status page.</summary>
/// <param name="Listen">An address of this machine and a port, 0 for a free one; speaks plain HTTP, for a proxy in front of it.</param>
public sealed record WebSettings(IPEndPoint Listen);

/// <summary>The private welcome of newcomers.</summary>
/// <param name="Delay">How long after the join, if nobody has addressed them meanwhile.</param>
/// <param name="Text">Full path of the texts without <c>.fr.md</c> and <c>.en.md</c>.</param>
/// <param name="PerMinute">At most so many newcomers are greeted in a minute, from 1 to 60.</param>
/// <param name="French">Lines of at most 350 bytes; none where no channel greets and no text was written.</param>
/// <param name="English">The same in English.</param>
public sealed record WelcomeSettings(
    TimeSpan Delay, string Text, int PerMinute, IReadOnlyList<string> French, IReadOnlyList<string> English);

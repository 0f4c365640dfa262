
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Gives every mail exactly one report: by the first format that recognises it, else as a person's or as nobody knows what.
/// </summary>
public static class Classifier
{
    // What cron ran and is known by itself: a backup that cron ran is a backup.
    private static readonly IFormat[] Jobs =
    [
        new BackupJobFormat("rsnapshot", "ERROR:"), new BackupJobFormat("borgmatic", "CRITICAL", "ERROR:"), new BackupJobFormat("borg", "CRITICAL"),
        new BackupJobFormat("duply"), new BackupJobFormat("duplicity"), new BackupJobFormat("restic", "Fatal:"),
        new BackupJobFormat("rdiff-backup", "Fatal Error:", "Exception"), new CertbotFormat(), new DebsumsFormat(), new EtckeeperFormat(),
        new TripwireFormat(), new ChkrootkitFormat(), new ClamavFormat(),
    ];

    private static readonly IFormat[] Programs =
    [
        // By a field that only they have.
        new TracFormat(), new ForgeFormat("gitlab", "X-GitLab-Project"), new ForgeFormat("github", "X-GitHub-Sender"),
        new ForgeFormat("redmine", "X-Redmine-Host"), new NetdataFormat(), new CheckmkFormat(), new LibrenmsFormat(),
        new UptimeKumaFormat(), new GatusFormat(), new HealthchecksFormat(), new SensuFormat(), new TruenasFormat(), new ProxmoxFormat(),

        // By the words their subject has.
        new IcingaFormat(), new GrafanaFormat(), new AlertmanagerFormat(), new ZabbixFormat(), new SmartdFormat(), new MdadmFormat(), new RaidStatusFormat(), new Fail2banFormat(),
        new MonitFormat(), new RkhunterFormat(), new BackupninjaFormat(), new ApticronFormat(), new AptListchangesFormat(), new CronAptFormat(),
        new UnattendedUpgradesFormat(), new NeedrestartFormat(), new LogwatchFormat(), new AideFormat(), new TigerFormat(), new DebsecanFormat(),
        new OssecFormat("ossec", "OSSEC"), new OssecFormat("wazuh", "Wazuh"), new DenyhostsFormat(), new ArpwatchFormat(), new ZedFormat(),
        new ApcupsdFormat(), new NutFormat(),
        new AmavisFormat(), new SqlBackupFormat("automysqlbackup", "MySQL"), new SqlBackupFormat("autopostgresqlbackup", "PostgreSQL"),
        new BaculaFormat("bacula", "Bacula"), new BaculaFormat("bareos", "Bareos"), new VzdumpFormat(), new SudoFormat(), new LogcheckFormat(),
        new PostfixFormat(), new EximFormat(), new SendmailFormat(), new DmarcFormat(), new MuninFormat(), new AtFormat(),
        .. Jobs, new AnacronFormat(Jobs), new CronFormat(Jobs),

        // By their body.
        new WarnquotaFormat(), new SynologyFormat(), new MetcheFormat(), new NagiosFormat(), new NagiosFormat("centreon"), new NagiosFormat("naemon"), new NagiosFormat("shinken"),
    ];

    /// <summary>
    /// In the order asked. No two claim the same sample; a test checks, and that every format of this folder is here.
    /// </summary>
    public static IReadOnlyList<IFormat> Formats { get; } = [new MailmanFormat(Programs), new SympaFormat(Programs), .. Programs];

    /// <param name="mail">Any.</param>
    /// <param name="inventory">The machines, by all their names.</param>
    /// <param name="ownAddress">The bot's own address, where it sends mail: what comes back to it is its own.</param>
    /// <param name="trust">Which senders are monitors, where that is known.</param>
    public static Report Classify(Mail mail, Inventory inventory, string? ownAddress = null, MailTrust? trust = null)
    {
        mail = mail with { IsFromMonitor = trust?.IsMonitor(mail.FromAddress) == true, Subject = SubjectTags.WithoutFilters(mail.Subject) };
        return Contradiction.Settled(Read(mail, inventory, ownAddress), mail) with { Unread = mail.Unread };
    }

    /// <summary>The same of a mail that may not act: what no format knows is a line, and no alert.</summary>
    public static Report Heard(Report report) => report is { Source.Value: Unrecognised.Source, Kind: ReportKind.Alert or ReportKind.Recovery } ? StatedSubject.Unread(report) : report;

    /// <summary>What makes two troubles two, and what ends one, of programs that no format knows.</summary>
    public static Tracked TracksOfUnknown => StatedSubject.Tracks;

    private static Report Read(Mail mail, Inventory inventory, string? ownAddress)
    {
        if (OwnMail.Recognise(mail, ownAddress) is { } own)
        {
            return own;
        }

        foreach (var reading in SubjectTags.Readings(LostSubject.Restored(mail, inventory)))
        {
            if (Recognise(reading, inventory) is { } report)
            {
                return Gathered.Settled(report, reading, below => Recognise(LostSubject.Restored(below, inventory), inventory));
            }
        }

        return Unrecognised.Report(mail, inventory);
    }

    private static Report? Recognise(Mail mail, Inventory inventory)
    {
        foreach (var format in Formats)
        {
            if (format.Recognise(mail, inventory) is { } report)
            {
                return report;
            }
        }

        return null;
    }
}

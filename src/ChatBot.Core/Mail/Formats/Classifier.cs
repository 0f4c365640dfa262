using ChatBot.Core.Machines;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Gives every mail exactly one report: by the first format that recognises it, else as a person's or as nobody knows what.
/// </summary>
public static class Classifier
{
    // What cron ran and is known by itself: a backup that cron ran is a backup.
    private static readonly IFormat[] Jobs =
    [
        new BackupJobFormat("rsnapshot", "ERROR:", "WARNING:"), new BackupJobFormat("borgmatic", "CRITICAL", "ERROR:"), new BackupJobFormat("borg", "CRITICAL"),
        new BackupJobFormat("duply"), new BackupJobFormat("duplicity"), new CertbotFormat(), new DebsumsFormat(), new EtckeeperFormat(),
        new TripwireFormat(), new ChkrootkitFormat(), new ClamavFormat(),
    ];

    /// <summary>
    /// In the order asked. No two claim the same sample; a test checks, and that every format of this folder is here.
    /// </summary>
    public static IReadOnlyList<IFormat> Formats { get; } =
    [
        new IcingaFormat(),
        new AlertmanagerFormat(),
        new MuninFormat(),
        new MonitFormat(),
        new SmartdFormat(),
        new MdadmFormat(),
        new ZedFormat(),
        new ApcupsdFormat(),
        new NutFormat(),
        .. Jobs, new AnacronFormat(Jobs), new CronFormat(Jobs),
        new ApticronFormat(),
        new AptListchangesFormat(),
        new UnattendedUpgradesFormat(),
        new NeedrestartFormat(),
        new LogcheckFormat(),
        new SudoFormat(),
        new Fail2banFormat(),
        new RkhunterFormat(),
        new AideFormat(),
        new AmavisFormat(),
        new LogwatchFormat(),
        new BackupninjaFormat(),
        new SqlBackupFormat("automysqlbackup", "MySQL"),
        new SqlBackupFormat("autopostgresqlbackup", "PostgreSQL"),
        new WarnquotaFormat(),
        new PostfixFormat(),
        new MailmanFormat(),
        new TracFormat(),
        new ForgeFormat("gitlab", "X-GitLab-Project"),
        new ForgeFormat("github", "X-GitHub-Sender"),
        new ForgeFormat("redmine", "X-Redmine-Host"),
        new MetcheFormat(), new NagiosFormat(),
    ];

    public static Report Classify(Mail mail, Inventory inventory)
    {
        foreach (var format in Formats)
            if (format.Recognise(mail, inventory) is { } report)
                return report;
        return Unrecognised.Report(mail, inventory);
    }
}

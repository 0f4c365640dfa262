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
        // By a field that only they have.
        new TracFormat(), new ForgeFormat("gitlab", "X-GitLab-Project"), new ForgeFormat("github", "X-GitHub-Sender"),
        new ForgeFormat("redmine", "X-Redmine-Host"), new MailmanFormat(),

        // By the words their subject has.
        new IcingaFormat(), new AlertmanagerFormat(), new SmartdFormat(), new MdadmFormat(), new Fail2banFormat(), new MonitFormat(),
        new RkhunterFormat(), new BackupninjaFormat(), new ApticronFormat(), new AptListchangesFormat(),
        new UnattendedUpgradesFormat(), new NeedrestartFormat(), new LogwatchFormat(), new AideFormat(), new ZedFormat(),
        new ApcupsdFormat(), new NutFormat(), new AmavisFormat(), new SqlBackupFormat("automysqlbackup", "MySQL"),
        new SqlBackupFormat("autopostgresqlbackup", "PostgreSQL"), new SudoFormat(), new LogcheckFormat(), new PostfixFormat(), new MuninFormat(),
        .. Jobs, new AnacronFormat(Jobs), new CronFormat(Jobs),

        // By their body.
        new WarnquotaFormat(), new MetcheFormat(), new NagiosFormat(),
    ];

    /// <param name="mail">Any.</param>
    /// <param name="inventory">The machines, by all their names.</param>
    /// <param name="ownAddress">The bot's own address, where it sends mail: what comes back to it is its own.</param>
    public static Report Classify(Mail mail, Inventory inventory, string? ownAddress = null)
    {
        if (OwnMail.Recognise(mail, ownAddress) is { } own)
            return own;
        foreach (var format in Formats)
            if (format.Recognise(mail, inventory) is { } report)
                return report;
        return Unrecognised.Report(mail, inventory);
    }
}

using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace ChatBot.Core.Language;

/// <summary>
/// What the bot says, from <c>Sentences.resx</c> (English) and <c>Sentences.fr.resx</c>. A test holds this list and the two
/// files to each other, place for place.
/// </summary>
public static class Sentences
{
    private static readonly ResourceManager Resources = new("ChatBot.Core.Language.Sentences", typeof(Sentences).Assembly);
    private static readonly CultureInfo FrenchCulture = CultureInfo.GetCultureInfo("fr");

    /// <summary>An instant ago.</summary>
    public static Sentence JustNow => Named();

    public static Sentence Ago => Named();

    public static Sentence Alert => Named();

    public static Sentence AlertWithDetail => Named();

    public static Sentence AlertGroup => Named();

    public static Sentence NumberedWithState => Named();

    public static Sentence ListAndOneMore => Named();

    public static Sentence ListAndMore => Named();

    public static Sentence StateChanged => Named();

    public static Sentence StateChangedWithDetail => Named();

    public static Sentence CoversOne => Named();

    public static Sentence Covers => Named();

    public static Sentence OverloadOne => Named();

    public static Sentence Overload => Named();

    public static Sentence WithDetail => Named();

    public static Sentence CoveredAllOver => Named();

    public static Sentence CoveredStillOpen => Named();

    public static Sentence AlertStorm => Named();

    public static Sentence RecoveryStorm => Named();

    public static Sentence StormUnheard => Named();

    public static Sentence Reminder => Named();

    public static Sentence Settled => Named();

    public static Sentence CoveredBy => Named();

    public static Sentence Recovery => Named();

    public static Sentence RecoveryTaken => Named();

    public static Sentence RecoveryGroup => Named();

    public static Sentence Taken => Named();

    public static Sentence TakenWithReason => Named();

    public static Sentence TakenInMonitor => Named();

    public static Sentence TakenInMonitorBy => Named();

    public static Sentence Released => Named();

    public static Sentence TakenEnded => Named();

    /// <summary>Machine, count, who, until, which.</summary>
    public static Sentence TakenGroup => Named();

    /// <summary>Machine, count, who, reason, until, which.</summary>
    public static Sentence TakenGroupWithReason => Named();

    /// <summary>Machine, count, who, which.</summary>
    public static Sentence ReleasedGroup => Named();

    /// <summary>Number, open ones.</summary>
    public static Sentence NoSuchIncidentNear => Named();

    /// <summary>Those it may be.</summary>
    public static Sentence WhichIncident => Named();

    /// <summary>Machine, count, which, a call for all, a call for one.</summary>
    public static Sentence WhichOfMachine => Named();

    /// <summary>What follows where a reason is needed.</summary>
    public static Sentence Reason => Named();

    /// <summary>Machine, what.</summary>
    public static Sentence OfMachine => Named();

    public static Sentence FlappingStarted => Named();

    public static Sentence FlappingEnded => Named();

    /// <summary>When no incident is open.</summary>
    public static Sentence FlappingEndedUnknown => Named();

    public static Sentence DowntimeStarted => Named();

    public static Sentence DowntimeEnded => Named();

    public static Sentence DowntimeCancelled => Named();

    /// <summary>A line, then who wrote what.</summary>
    public static Sentence WithComment => Named();

    /// <summary>Machine and state, for a message that is neither an alert nor its end.</summary>
    public static Sentence Notice => Named();

    public static Sentence NoticeWithDetail => Named();

    /// <summary>How long after, and which change: “of …”.</summary>
    public static Sentence AfterChange => Named();

    public static Sentence OfFiles => Named();

    public static Sentence OfPackage => Named();

    public static Sentence OfPackages => Named();

    public static Sentence OfSomethingEncrypted => Named();

    /// <summary>Asks the root group who made a change.</summary>
    public static Sentence WhoChanged => Named();

    /// <summary>Several changes since the first of them.</summary>
    public static Sentence WhoChangedSince => Named();

    public static Sentence TheFiles => Named();

    public static Sentence ThePackage => Named();

    public static Sentence ThePackages => Named();

    public static Sentence SomethingEncrypted => Named();

    public static Sentence Both => Named();

    /// <summary>What a watch says of a source that is silent for too long.</summary>
    public static Sentence SourceSilent => Named();

    public static Sentence ChangeStable => Named();

    public static Sentence ChangeEncrypted => Named();

    public static Sentence ChangeNothing => Named();

    public static Sentence Change => Named();

    public static Sentence ChangeOneFile => Named();

    public static Sentence ChangeFiles => Named();

    public static Sentence ChangeOnePackage => Named();

    public static Sentence ChangePackages => Named();

    public static Sentence ChangeNamed => Named();

    /// <summary>A change, then what a person wrote about it.</summary>
    public static Sentence ChangeChangelog => Named();

    public static Sentence ChangeWithoutChangelog => Named();

    public static Sentence Human => Named();

    public static Sentence Somebody => Named();

    public static Sentence NoSubject => Named();

    /// <summary>From which machine, subject.</summary>
    public static Sentence UnknownMail => Named();

    /// <summary>Kind, subject.</summary>
    public static Sentence AutomaticMail => Named();

    /// <summary>Program, what it tells, where no machine is known.</summary>
    public static Sentence Told => Named();

    /// <summary>What is tested.</summary>
    public static Sentence TestMail => Named();

    /// <summary>Device, count.</summary>
    public static Sentence PendingSectors => Named();

    /// <summary>Device, count.</summary>
    public static Sentence LostSectors => Named();

    /// <summary>The telling line.</summary>
    public static Sentence HasFailed => Named();

    /// <summary>Count.</summary>
    public static Sentence Pending => Named();

    /// <summary>Packages.</summary>
    public static Sentence Upgraded => Named();

    /// <summary>Packages.</summary>
    public static Sentence UpgradeTried => Named();

    public static Sentence RebootNeeded => Named();

    /// <summary>The other side.</summary>
    public static Sentence SmtpErrors => Named();

    /// <summary>Recipient, reason.</summary>
    public static Sentence MailReturned => Named();

    /// <summary>Recipient, reason.</summary>
    public static Sentence MailDelayed => Named();

    /// <summary>Recipient, what the other side said.</summary>
    public static Sentence MailDelivered => Named();

    /// <summary>Address, jail.</summary>
    public static Sentence Banned => Named();

    /// <summary>Address, jail.</summary>
    public static Sentence Unbanned => Named();

    /// <summary>Count, jail.</summary>
    public static Sentence BannedMany => Named();

    /// <summary>What.</summary>
    public static Sentence Started => Named();

    /// <summary>What.</summary>
    public static Sentence Stopped => Named();

    /// <summary>Count.</summary>
    public static Sentence FilesChanged => Named();

    /// <summary>Counts.</summary>
    public static Sentence Entries => Named();

    /// <summary>Count.</summary>
    public static Sentence Violations => Named();

    /// <summary>Count.</summary>
    public static Sentence Infected => Named();

    /// <summary>A line, and how many like it were not told.</summary>
    public static Sentence Folded => Named();

    public static Sentence SetAside => Named();

    /// <summary>Machine, reason, count.</summary>
    public static Sentence NotActedUpon => Named();

    /// <summary>Machine, who, what.</summary>
    public static Sentence ChangelogTold => Named();

    public static Sentence VerdictAmbiguousHeaders => Named();

    public static Sentence VerdictNoTrustedReceived => Named();

    public static Sentence VerdictSignatureInvalid => Named();

    public static Sentence VerdictSignatureNotWhole => Named();

    public static Sentence VerdictSignatureUnchecked => Named();

    public static Sentence VerdictSenderNotTrusted => Named();

    public static Sentence VerdictSpeaksForAnother => Named();

    /// <summary>Prefix, name, arguments.</summary>
    public static Sentence Usage => Named();

    /// <summary>Prefix.</summary>
    public static Sentence UnknownCommand => Named();

    public static Sentence UnknownCommandNear => Named();

    /// <summary>A command refused to somebody without an account.</summary>
    public static Sentence NotIdentified => Named();

    /// <summary>A command refused to a known account: command, account.</summary>
    public static Sentence NotAdmin => Named();

    /// <summary>A command refused because the network proves nobody.</summary>
    public static Sentence NoAccounts => Named();

    /// <summary>A command refused where a proof is possible: command, prefix.</summary>
    public static Sentence NoAccountsButProof => Named();

    /// <summary>Person, until when.</summary>
    public static Sentence ProofAccepted => Named();

    /// <summary>Why.</summary>
    public static Sentence ProofRefused => Named();

    /// <summary>Why.</summary>
    public static Sentence ProofEnded => Named();

    public static Sentence ProofNoSignature => Named();

    public static Sentence ProofMoreThanOne => Named();

    public static Sentence ProofTooLong => Named();

    public static Sentence ProofWrongText => Named();

    public static Sentence ProofUnknownKey => Named();

    public static Sentence ProofExpiredKey => Named();

    public static Sentence ProofRevokedKey => Named();

    public static Sentence ProofExpiredSignature => Named();

    public static Sentence ProofWeakDigest => Named();

    public static Sentence ProofWrongTime => Named();

    public static Sentence ProofTooLate => Named();

    public static Sentence ProofAlreadyUsed => Named();

    public static Sentence ProofChallengeGone => Named();

    public static Sentence ProofTooManyTries => Named();

    public static Sentence ProofNotVerified => Named();

    public static Sentence ProofEndRenamed => Named();

    public static Sentence ProofEndLeft => Named();

    public static Sentence ProofEndKeyGone => Named();

    /// <summary>Seconds.</summary>
    public static Sentence TooSlow => Named();

    public static Sentence Apology => Named();

    public static Sentence TooFast => Named();

    public static Sentence AnsweredInPrivate => Named();

    public static Sentence NoSuchIncident => Named();

    /// <summary>What it was.</summary>
    public static Sentence AlreadyClosed => Named();

    /// <summary>Prefix.</summary>
    public static Sentence UnknownMachine => Named();

    public static Sentence UnknownMachineNear => Named();

    /// <summary>What was typed is not kept.</summary>
    public static Sentence LooksSecret => Named();

    public static Sentence LooksSecretSaidInPublic => Named();

    /// <summary>Only what is reported is known.</summary>
    public static Sentence NothingOpen => Named();

    /// <summary>What, how long, number.</summary>
    public static Sentence OpenSince => Named();

    public static Sentence OpenSinceTaken => Named();

    public static Sentence OpenSinceTakenReason => Named();

    /// <summary>Only what is reported is known.</summary>
    public static Sentence MachineNothingOpen => Named();

    public static Sentence MachineOneIncident => Named();

    public static Sentence MachineIncidents => Named();

    /// <summary>The oldest moment.</summary>
    public static Sentence DigestSince => Named();

    public static Sentence DigestRecovered => Named();

    /// <summary>Numbers follow.</summary>
    public static Sentence DigestEndedOne => Named();

    public static Sentence DigestEnded => Named();

    public static Sentence DigestOneMessage => Named();

    public static Sentence DigestMessages => Named();

    /// <summary>Numbers follow.</summary>
    public static Sentence DigestOpenNumbers => Named();

    public static Sentence DigestEndedNumbers => Named();

    /// <summary>What was there follows.</summary>
    public static Sentence DigestRest => Named();

    /// <summary>The row, the channel, the server's code.</summary>
    public static Sentence LineSetAside => Named();

    private static Sentence Named([CallerMemberName] string name = "") => new(
        Resources.GetString(name, FrenchCulture) ?? throw new MissingManifestResourceException(name),
        Resources.GetString(name, CultureInfo.InvariantCulture) ?? throw new MissingManifestResourceException(name));
}

using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Changelog;

/// <summary>What is said of entries that reach a machine, or do not.</summary>
/// <param name="phrases">The group's language.</param>
internal sealed class ChangelogNotices(Phrasebook phrases)
{
    private const int MaxLength = 120;

    // Which process has it does not show: one of another machine, on a shared disk.
    private const string UnknownLock = "lock";

    // Machine, file, its line.
    private static readonly Sentence3 OneLine = new("{0}:{1}, line {2}", "{0}:{1}, ligne {2}");

    private static readonly Sentence4 Lines = new("{0}:{1}, lines {2}–{3}", "{0}:{1}, lignes {2}–{3}");

    private static readonly Sentence5 Entries = new("{0}:{1}, lines {2}–{3}: {4} entries", "{0}:{1}, lignes {2}–{3} : {4} entrées");

    private static readonly Sentence4 Busy = new(
        "[{0}] {1} is open in {2} ({3}), I wait", "[{0}] {1} est ouvert dans {2} ({3}), j'attends");

    private static readonly Sentence2 Locked = new("[{0}] {1} is locked, I wait", "[{0}] {1} est verrouillé, j'attends");

    private static readonly Sentence3 NotWritten = new(
        "[{0}] {1}: {2}; the changelog lines wait", "[{0}] {1} : {2} ; les lignes du changelog attendent");

    private static readonly Sentence3 Failed = new(
        "[{0}] the changelog lines wait: {1}; next try in {2}", "[{0}] les lignes du changelog attendent : {1} ; nouvel essai dans {2}");

    // The hop.
    private static readonly Dictionary<SshTrouble, Sentence1> Troubles = new()
    {
        [SshTrouble.Unreachable] = new("{0} does not answer ssh", "{0} ne répond pas en ssh"),
        [SshTrouble.HostKeyChanged] = new(
            "the host key of {0} is not the one of known_hosts, so I do not connect", "la clé d'hôte de {0} n'est pas celle de known_hosts, je ne m'y connecte pas"),
        [SshTrouble.HostKeyUnknown] = new(
            "known_hosts has no host key of {0}, so I do not connect", "known_hosts n'a pas de clé d'hôte de {0}, je ne m'y connecte pas"),
        [SshTrouble.Denied] = new("{0} does not take my ssh key", "{0} n'accepte pas ma clé ssh"),
        [SshTrouble.PassageRefused] = new(
            "{0} does not let me through (permitopen of my key there)", "{0} ne me laisse pas passer (permitopen de ma clé là-bas)"),
        [SshTrouble.NotSetUp] = new(
            "changelog-append does not run on {0} (chatbot changelog setup)", "changelog-append ne s'exécute pas sur {0} (chatbot changelog setup)"),
        [SshTrouble.NotUnderstood] = new(
            "changelog-append on {0} answers what I do not understand (is it the right version?)",
            "changelog-append sur {0} répond ce que je ne comprends pas (est-ce la bonne version ?)"),
        [SshTrouble.Configuration] = new(
            "ssh does not start or understand its configuration for {0}", "ssh ne démarre pas ou ne comprend pas sa configuration pour {0}"),
    };

    private static readonly Dictionary<string, Sentence> Reasons = new(StringComparer.Ordinal)
    {
        ["link"] = new("is a link, which I do not follow", "est un lien, je ne le suis pas"),
        ["file"] = new("is no regular file", "n'est pas un fichier ordinaire"),
        ["folder"] = new("its folder is not there", "son dossier n'existe pas"),
        ["disk"] = new("the disk takes nothing, the file is as it was", "le disque ne prend rien, le fichier est comme avant"),
    };

    private static readonly Sentence3 Unread = new(
        "[{0}] I cannot read what is written in the changelog: {1}; next try in {2}", "[{0}] je ne peux pas lire ce qui est écrit au changelog : {1} ; nouvel essai dans {2}");

    // Machine, file.
    private static readonly Sentence2 TailRefused = new(
        "[{0}] does not let me read its changelog: {1} is missing there, or changelog-append is an old one (chatbot changelog setup {0})",
        "[{0}] ne me laisse pas lire son changelog : il y manque {1}, ou changelog-append est ancien (chatbot changelog setup {0})");

    private static readonly Sentence3 TailUnreadable = new("[{0}] {1}: {2}; I cannot read it", "[{0}] {1} : {2} ; je ne peux pas le lire");

    private static readonly Sentence CannotBeWritten = new("cannot be written", "ne peut pas être écrit");

    private static readonly Sentence CannotBeRead = new("cannot be read", "ne peut pas être lu");

    /// <summary>Where entries stand; for everybody, who reads there neither author nor text.</summary>
    /// <param name="machine">Its short name.</param>
    /// <param name="entries">In the order of the file, at least one.</param>
    public Line Where(Name machine, IReadOnlyList<SshOutcome.Appended> entries)
    {
        var file = Declared(entries[0].File);
        var (first, last) = ((PublicText)entries.Min(one => one.First), (PublicText)entries.Max(one => one.Last));
        return entries switch
        {
            [var only] when only.First == only.Last => phrases.Say(OneLine, machine, file, first),
            [_] => phrases.Say(Lines, machine, file, first, last),
            _ => phrases.Say(Entries, machine, file, first, last, (PublicText)entries.Count),
        };
    }

    public Line OfBusy(Name machine, SshOutcome.Busy busy) => (busy.Program == UnknownLock
        ? phrases.Say(Locked, machine, Declared(busy.File))
        : phrases.Say(Busy, machine, Declared(busy.File), Declared(busy.Program), Declared(busy.User))).ForRootAlone;

    public Line OfNotWritten(Name machine, SshOutcome.NotWritten failed) => phrases.Say(
        NotWritten, machine, Declared(failed.File), phrases.Public(Reasons.GetValueOrDefault(failed.Reason, CannotBeWritten))).ForRootAlone;

    public Line OfFailed(Name machine, SshOutcome.Failed failed) => phrases.Say(
        Failed, machine, phrases.Public(Troubles[failed.Failure.Trouble], Declared(failed.Failure.Hop.Name)), phrases.Duration(failed.Wait)).ForRootAlone;

    public Line OfUnread(Name machine, SshOutcome.Failed failed) => phrases.Say(
        Unread, machine, phrases.Public(Troubles[failed.Failure.Trouble], Declared(failed.Failure.Hop.Name)), phrases.Duration(failed.Wait)).ForRootAlone;

    public Line OfTailRefused(Name machine) => phrases.Say(TailRefused, machine, Declared(SshAccount.TailAllowed)).ForRootAlone;

    public Line OfTailUnreadable(Name machine, SshOutcome.NotWritten no) => phrases.Say(
        TailUnreadable, machine, Declared(no.File), phrases.Public(Reasons.GetValueOrDefault(no.Reason, CannotBeRead))).ForRootAlone;

    // Words without a space, by their form, or names that the configuration has.
    private static PublicText Declared(string word) => PublicText.Declared(word, MaxLength);
}

namespace ChatBot.Core.Language;

// What the bot says of changes and of the changelog.
public static partial class Sentences
{
    /// <summary>How long after, and which change.</summary>
    public static readonly Sentence2 AfterChange = new("{0} after a change ({1})", "{0} après une modification ({1})");

    public static readonly Sentence EncryptedDetails = new("the details are encrypted", "le détail est chiffré");

    /// <summary>Asks the root group who made a change.</summary>
    public static readonly Sentence4 WhoChanged = new(
        "[{0}] who changed {1} {2}? No changelog line since — {3}log {0} …",
        "[{0}] qui a modifié {1} {2} ? Aucune ligne au changelog depuis — {3}journal {0} …");

    /// <summary>Several changes since the first of them.</summary>
    public static readonly Sentence4 WhoChangedSince = new(
        "[{0}] who has changed {1} {2}? No changelog line since — {3}log {0} …",
        "[{0}] qui a modifié {1} {2} ? Aucune ligne au changelog depuis — {3}journal {0} …");

    public static readonly Sentence2 ThePackages = new("the package{1:|s} {0}", "{1:le|les} paquet{1:|s} {0}");

    public static readonly Sentence SomethingEncrypted = new(
        "something (the details are encrypted)", "quelque chose (le détail est chiffré)");

    public static readonly Sentence1 ChangeStable = new(
        "[{0}] nothing has changed for some days (metche)", "[{0}] plus rien n'a bougé depuis quelques jours (metche)");

    public static readonly Sentence1 ChangeEncrypted = new("[{0}] changed (encrypted report)", "[{0}] modifié (rapport chiffré)");

    public static readonly Sentence1 ChangeNothing = new(
        "[{0}] change report without any change", "[{0}] rapport de changement sans changement");

    public static readonly Sentence3 Change = new("[{0}] changed: {1} — {2}", "[{0}] modifié : {1} — {2}");

    public static readonly Sentence2 ChangeNamed = new("{0} ({1})", "{0} ({1})");

    /// <summary>A change, then what a person wrote about it.</summary>
    public static readonly Sentence2 ChangeChangelog = new("{0} · “{1}”", "{0} · « {1} »");

    public static readonly Sentence1 ChangeWithoutChangelog = new(
        "{0} · nobody wrote a changelog line", "{0} · personne n'a rien écrit au changelog");

    /// <summary>Machine, who, what.</summary>
    public static readonly Sentence3 ChangelogEntry = new("[{0}] changelog, {1}: “{2}”", "[{0}] changelog, {1} : « {2} »");

    public static readonly Sentence1 ChangeFiles = new("{0} file{0:|s}", "{0} fichier{0:|s}");

    public static readonly Sentence1 ChangePackages = new("{0} package{0:|s}", "{0} paquet{0:|s}");
}

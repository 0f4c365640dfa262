namespace ChatBot.Core.Language;

// What the bot says when it could not speak for a while.
public static partial class Sentences
{
    public static readonly Sentence3 DigestRecovered = new("{0} after {1} #{2}", "{0} après {1} #{2}");

    /// <summary>Numbers follow.</summary>
    public static readonly Sentence DigestOpenNumbers = new("open", "ouverts");

    /// <summary>Numbers follow.</summary>
    public static readonly Sentence1 DigestMore = new("{0} more", "{0} autre{0:|s}");

    public static readonly Sentence DigestEndedNumbers = new("recovered", "terminés");

    /// <summary>What was there follows.</summary>
    public static readonly Sentence1 DigestRest = new("and on {0} other machine{0:|s}", "et sur {0} autre{0:|s} machine{0:|s}");

    public static readonly Sentence1 DigestEnded = new(
        "{0} alert{0:|s} recovered meanwhile", "{0} alerte{0:|s} terminée{0:|s} entre-temps");

    public static readonly Sentence1 DigestMessages = new("{0} message{0:|s}", "{0} message{0:|s}");

    /// <summary>The row, the channel, the server's code.</summary>
    public static readonly Sentence3 LineSetAside = new(
        "the server refused line {0} for {1} three times ({2}): it is set aside, not sent",
        "le serveur a refusé trois fois la ligne {0} pour {1} ({2}) : elle est mise de côté, pas envoyée");
}

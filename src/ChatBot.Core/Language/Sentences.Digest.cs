namespace ChatBot.Core.Language;

// What the bot says when it could not speak for a while.
public static partial class Sentences
{
    /// <summary>The oldest moment.</summary>
    public static readonly Sentence1 DigestSince = new("since {0}", "depuis {0}");

    public static readonly Sentence3 DigestRecovered = new("{0} after {1} #{2}", "{0} après {1} #{2}");

    /// <summary>Numbers follow.</summary>
    public static readonly Sentence DigestOpenNumbers = new("open", "ouverts");

    public static readonly Sentence DigestEndedNumbers = new("over", "terminés");

    /// <summary>What was there follows.</summary>
    public static readonly Sentence1 DigestRest = new("and on {0} other machines", "et sur {0} autres machines");

    public static readonly Sentence1 DigestEnded = new("{0} alert{0:|s} over meanwhile", "{0} alerte{0:|s} terminée{0:|s} entre-temps");

    public static readonly Sentence1 DigestMessages = new("{0} message{0:|s}", "{0} message{0:|s}");

    /// <summary>The row, the channel, the server's code.</summary>
    public static readonly Sentence3 LineSetAside = new(
        "line {0} for {1} was refused by the server three times ({2}): it is set aside and not said",
        "la ligne {0} pour {1} a été refusée trois fois par le serveur ({2}) : elle est mise de côté et pas dite");
}

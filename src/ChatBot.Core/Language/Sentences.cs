namespace ChatBot.Core.Language;

/// <summary>What the bot says about more than one subject. A sentence that one class alone says stands in that class.</summary>
public static partial class Sentences
{
    /// <summary>The bot leaves IRC.</summary>
    public static readonly Sentence Stops = new("ChatBot stops", "ChatBot s'arrête");

    /// <summary>An instant ago.</summary>
    public static readonly Sentence JustNow = new("just now", "à l'instant");

    public static readonly Sentence1 Ago = new("{0} ago", "il y a {0}");

    /// <summary>An hour of today.</summary>
    public static readonly Sentence1 Since = new("since {0}", "depuis {0}");

    /// <summary>A date and an hour.</summary>
    public static readonly Sentence1 SinceDay = new("since {0}", "depuis le {0}");

    /// <summary>An hour of today, of tomorrow or of a day of this week.</summary>
    public static readonly Sentence1 Until = new("until {0}", "jusqu'à {0}");

    /// <summary>A date and an hour.</summary>
    public static readonly Sentence1 UntilDay = new("until {0}", "jusqu'au {0}");

    public static readonly Sentence2 ListAndMore = new("{0} and {1} more", "{0} et {1} autre{1:|s}");

    public static readonly Sentence2 Both = new("{0} and {1}", "{0} et {1}");

    /// <summary>A machine whose name is not for everybody.</summary>
    public static readonly Sentence SomeMachine = new("?", "?");

    /// <summary>A service whose name is not for everybody.</summary>
    public static readonly Sentence SomeService = new("a service", "un service");

    /// <summary>An incident of which the public hears no more.</summary>
    public static readonly Sentence1 NumberAlone = new("#{0}", "#{0}");

    public static readonly Sentence2 NameAndCount = new("{0} ({1})", "{0} ({1})");

    public static readonly Sentence2 WithDetail = new("{0}: {1}", "{0} : {1}");

    /// <summary>A line, then who wrote what.</summary>
    public static readonly Sentence3 WithComment = new("{0} — {1}: {2}", "{0} — {1} : {2}");

    /// <summary>What follows where a reason is needed.</summary>
    public static readonly Sentence Reason = new("<reason>", "<raison>");

    /// <summary>Machine, what.</summary>
    public static readonly Sentence2 OfMachine = new("{0} {1}", "{0} {1}");

    /// <summary>Machine and state, for a message that is neither an alert nor its end.</summary>
    public static readonly Sentence2 Notice = new("[{0}] {1}", "[{0}] {1}");

    public static readonly Sentence3 NoticeWithDetail = new("[{0}] {1}: {2}", "[{0}] {1} : {2}");
}

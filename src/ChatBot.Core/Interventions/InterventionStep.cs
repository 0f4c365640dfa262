namespace ChatBot.Core.Interventions;

/// <summary>The steps of an intervention; the bot announces each once.</summary>
public enum InterventionStep
{
    /// <summary>It begins within a day.</summary>
    DayBefore,

    /// <summary>It begins in a quarter of an hour.</summary>
    JustBefore,

    /// <summary>It begins.</summary>
    Begins,

    /// <summary>It ends; the line sums up what it suppressed.</summary>
    Ends,

    /// <summary>Its beginning could not be announced in time, and now it has already ended.</summary>
    Missed,
}

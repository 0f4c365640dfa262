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

    /// <summary>Nobody was there to tell its beginning, and now it is over already.</summary>
    Missed,
}

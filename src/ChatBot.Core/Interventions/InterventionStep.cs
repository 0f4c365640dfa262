namespace ChatBot.Core.Interventions;

/// <summary>What the clock makes of an intervention; each is told once.</summary>
public enum InterventionStep
{
    /// <summary>It is told that it comes within a day.</summary>
    DayBefore,

    /// <summary>It is told that it begins in a quarter of an hour.</summary>
    JustBefore,

    /// <summary>It begins.</summary>
    Begins,

    /// <summary>It ends, and what it hid is told.</summary>
    Ends,

    /// <summary>Nobody was there to tell its beginning, and now it is over already.</summary>
    Missed,
}

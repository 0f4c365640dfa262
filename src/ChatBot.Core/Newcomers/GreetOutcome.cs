namespace ChatBot.Core.Newcomers;

/// <summary>The named reasons for which somebody is welcomed or not.</summary>
public enum GreetOutcome
{
    /// <summary>New, and nobody spoke to them: welcomed.</summary>
    Greet,

    /// <summary>The store knows one of their keys.</summary>
    AlreadyKnown,

    /// <summary>In a root channel, or identified as a person of the configuration: no newcomer.</summary>
    OfTheGroup,

    /// <summary>In the channel when the bot arrived.</summary>
    PresentBefore,

    /// <summary>Somebody has spoken to them: better than any program.</summary>
    Addressed,

    /// <summary>Gone before the delay ended, and not back soon.</summary>
    Left,

    /// <summary>A program, or the bot itself.</summary>
    Bot,

    /// <summary>Comes back, or went, with a netsplit.</summary>
    Split,

    /// <summary>Too many came at once for all to be welcomed in time.</summary>
    Flood,

    /// <summary>Turned out to be somebody who was waiting already under another nick.</summary>
    SamePerson,

    /// <summary>Unknown in time whether they were greeted before: the store did not answer.</summary>
    NotChecked,
}

namespace ChatBot.Core.Commands;

/// <summary>Whether somebody who asks is answered now.</summary>
public enum RateDecision
{
    Answer,

    /// <summary>Too much was asked; it is said this once.</summary>
    SayTooFast,

    /// <summary>Too much was asked, and that was said already.</summary>
    Silence,
}

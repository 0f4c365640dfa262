namespace ChatBot.Configuration;

/// <summary>A program whose silence is an incident.</summary>
/// <param name="Source">The program, as <c>chatbot classify</c> names it.</param>
/// <param name="Machine">The short name of the machine that it writes from.</param>
/// <param name="SilentAfter">How long it may be silent, from 1 hour to 90 days.</param>
public sealed record WatchSettings(string Source, string Machine, TimeSpan SilentAfter);

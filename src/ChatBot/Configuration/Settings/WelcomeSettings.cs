namespace ChatBot.Configuration;

/// <summary>What a newcomer is told in private.</summary>
/// <param name="Delay">How long after the join, if nobody has addressed them meanwhile.</param>
/// <param name="Text">Full path of the texts without <c>.fr.md</c> and <c>.en.md</c>.</param>
/// <param name="PerMinute">At most so many newcomers are greeted in a minute, from 1 to 60.</param>
/// <param name="French">Lines of at most 350 bytes; none where no channel greets and no text was written.</param>
/// <param name="English">The same in English.</param>
public sealed record WelcomeSettings(
    TimeSpan Delay, string Text, int PerMinute, IReadOnlyList<string> French, IReadOnlyList<string> English);

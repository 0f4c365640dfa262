namespace ChatBot.Core.Newcomers;

/// <summary>The <c>[welcome]</c> part of the configuration.</summary>
public sealed record GreeterOptions
{
    /// <summary>How long somebody is left to people before the bot speaks to them.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most welcomes in any sixty seconds.</summary>
    public int PerMinute { get; init; } = 3;

    /// <summary>Nicks of programs that do not carry <c>+B</c>.</summary>
    public IReadOnlyCollection<string> Bots { get; init; } = [];
}

namespace ChatBot.Async;

/// <summary>Chance for waits between tries, so that many bots do not knock at the same moment. Not for secrets.</summary>
internal static class Jitter
{
#pragma warning disable RS0030 // The one place; everything else takes the function as an argument.
    /// <summary>From 0 (inclusive) to 1.</summary>
    public static double Next() => Random.Shared.NextDouble();
#pragma warning restore RS0030
}

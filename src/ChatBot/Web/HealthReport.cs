namespace ChatBot.Web;

/// <summary>Whether the bot does its work.</summary>
/// <param name="Reasons">
/// Why it does not, <c>irc: not joined</c>: read by anybody who reaches the page, so no addresses and no names of people. None
/// where all is well.
/// </param>
public sealed record HealthReport(IReadOnlyList<string> Reasons)
{
    public bool Ready => Reasons.Count == 0;
}

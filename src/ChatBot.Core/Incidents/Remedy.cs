
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>What would have prevented some incidents of a check, as their history shows.</summary>
/// <param name="Count">How many of them.</param>
public abstract record Remedy(int Count)
{
    /// <summary>They recovered before anybody could act.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="Within">All of these lasted less; whole minutes.</param>
    /// <param name="Delay">A wait that none of these outlived.</param>
    public sealed record Delayed(int Count, TimeSpan Within, TimeSpan Delay) : Remedy(Count);

    /// <summary>They began while another machine was down.</summary>
    public sealed record Dependency(int Count, Name On) : Remedy(Count);

    /// <summary>They began while the load of their machine was an incident itself.</summary>
    public sealed record Load(int Count, Name Check) : Remedy(Count);

    /// <summary>The monitor called them flapping.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="Changes">How often their state changed, beginnings and ends included.</param>
    public sealed record Unstable(int Count, int Changes) : Remedy(Count);
}

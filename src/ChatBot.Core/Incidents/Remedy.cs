
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

    /// <summary>They began while another machine was down, of which the inventory does not say that theirs needs it.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="Outages">During how many outages of the other machine.</param>
    /// <param name="On">The other machine.</param>
    public sealed record Dependency(int Count, int Outages, Name On) : Remedy(Count);

    /// <summary>They began while the load of their machine was an incident itself.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="Overloads">During how many of these incidents.</param>
    /// <param name="Check">The check that measures the load.</param>
    public sealed record Load(int Count, int Overloads, Name Check) : Remedy(Count);

    /// <summary>The monitor called them flapping.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="Changes">How often their state changed, beginnings and ends included.</param>
    public sealed record Unstable(int Count, int Changes) : Remedy(Count);
}

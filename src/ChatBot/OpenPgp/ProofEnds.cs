using ChatBot.Core.Irc;
using ChatBot.Core.People;

namespace ChatBot.OpenPgp;

/// <summary>What on IRC ends a proof.</summary>
internal static class ProofEnds
{
    /// <summary>Ends in the book what an event ends.</summary>
    /// <returns>The proofs that it ended.</returns>
    public static IReadOnlyList<(Proof Proof, ProofEnd Why)> In(ProofBook book, IrcEvent happened) => happened switch
    {
        IrcEvent.MemberParted left => book.End(left.Who.Stay, ProofEnd.Left),
        IrcEvent.MemberQuit quit => book.End(quit.Who.Stay, quit.IsNetsplit ? ProofEnd.LostInSplit : ProofEnd.Quit),
        IrcEvent.MemberRenamed renamed => book.End(renamed.Before.Stay, ProofEnd.Renamed),
        IrcEvent.LeftChannel or IrcEvent.ChannelUnsafe or IrcEvent.Disconnecting or IrcEvent.Registered => book.EndAll(),
        _ => [],
    };
}

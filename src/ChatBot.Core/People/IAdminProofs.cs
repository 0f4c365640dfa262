namespace ChatBot.Core.People;

/// <summary>Lets people show who they are where the network does not.</summary>
public interface IAdminProofs
{
    /// <summary>Whether asking is of any use: somebody's key is known, and the connection is safe.</summary>
    bool AreOffered { get; }

    /// <summary>A challenge for somebody, in place of the one they had.</summary>
    /// <param name="stay">The stay of the person who asks; null where we do not see them.</param>
    /// <param name="name">Who they say they are; the answer is the same whether or not there is such a person.</param>
    Asked Ask(Stay? stay, string name);
}

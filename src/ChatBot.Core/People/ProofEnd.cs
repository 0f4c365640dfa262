namespace ChatBot.Core.People;

/// <summary>Why a proof no longer holds, or a challenge can no longer be met.</summary>
public enum ProofEnd
{
    /// <summary>They left a channel that we are in too, by themselves or by a kick.</summary>
    Left,

    Quit,
    LostInSplit,
    Renamed,

    /// <summary>We left, or were cut off: what happened meanwhile nobody knows.</summary>
    OutOfSight,

    /// <summary>The key is no longer among those that may be used.</summary>
    KeyGone,
}

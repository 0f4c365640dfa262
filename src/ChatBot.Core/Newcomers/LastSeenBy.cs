namespace ChatBot.Core.Newcomers;

/// <summary>What somebody did when they were last there.</summary>
public enum LastSeenBy
{
    /// <summary>They left a channel or the network.</summary>
    Left,

    /// <summary>They marked themselves away.</summary>
    Away,

    Spoke,
}

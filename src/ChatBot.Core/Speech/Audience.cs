namespace ChatBot.Core.Speech;

/// <summary>Who may read a thing.</summary>
public enum Audience
{
    /// <summary>Everybody: the open channel, the status page, its feed.</summary>
    Public,

    /// <summary>The root group: root channels, the root alias, private answers to admins.</summary>
    Root,
}

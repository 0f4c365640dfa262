namespace ChatBot.Core.Speech;

/// <summary>Who may read a thing.</summary>
public enum Audience
{
    /// <summary>Anybody: the open channel, the status page.</summary>
    Public,

    /// <summary>The root group: its channel, its alias, private answers to admins.</summary>
    Root,
}

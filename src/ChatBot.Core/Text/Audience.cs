namespace ChatBot.Core.Text;

/// <summary>Who may read a thing.</summary>
public enum Audience
{
    /// <summary>Everybody: the open channel, the status page.</summary>
    Public,

    /// <summary>The root group: the root channel, the root alias, private answers to admins.</summary>
    Root,
}

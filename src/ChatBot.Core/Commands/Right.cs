namespace ChatBot.Core.Commands;

/// <summary>Who may use a command.</summary>
public enum Right
{
    Everybody,

    /// <summary>A person of <c>people.toml</c> with the role admin, identified by the server on that very message.</summary>
    Admin,
}

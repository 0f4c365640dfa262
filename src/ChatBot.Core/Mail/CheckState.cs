namespace ChatBot.Core.Mail;

/// <summary>The monitor's own word for a service (first four) or a host (last three).</summary>
public enum CheckState
{
    Ok, Warning, Critical, Unknown, Up, Down, Unreachable,
}

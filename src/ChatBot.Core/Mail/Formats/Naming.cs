using ChatBot.Core.Machines;
using ChatBot.Core.Speech;

namespace ChatBot.Core.Mail.Formats;

/// <summary>What formats share: how a mail names machines, states and people.</summary>
internal static class Naming
{
    /// <summary>The short name where the inventory knows the machine, else the name as written, cleaned.</summary>
    public static PublicText Machine(string name, Inventory inventory) => PublicText.Declared(inventory.Find(name)?.Name ?? name);

    public static CheckState? State(ReadOnlySpan<char> word) => word switch
    {
        "OK" => CheckState.Ok,
        "WARNING" => CheckState.Warning,
        "CRITICAL" => CheckState.Critical,
        "UNKNOWN" => CheckState.Unknown,
        "UP" => CheckState.Up,
        "DOWN" => CheckState.Down,
        "UNREACHABLE" => CheckState.Unreachable,
        _ => null,
    };

    /// <summary>Whether a person answers or forwards: what the body quotes is not said now.</summary>
    public static bool IsAnswer(Mail mail)
    {
        if (mail.Header("In-Reply-To") is not null || mail.Header("References") is not null)
            return true;
        var subject = mail.Subject.AsSpan().TrimStart();
        foreach (var prefix in (ReadOnlySpan<string>)["Re:", "Re :", "Fwd:", "Fw:", "Tr:", "TR :", "Rép:"])
            if (subject.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}

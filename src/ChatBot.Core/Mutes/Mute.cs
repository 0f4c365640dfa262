
using ChatBot.Core.Text;

namespace ChatBot.Core.Mutes;

/// <summary>Alerts of a machine, or of one of its services, that a person does not want to hear for a while.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Service">Null for the machine and all its services.</param>
/// <param name="By">The person's name.</param>
/// <param name="Reason">What they said; may be empty.</param>
/// <param name="At">Since when.</param>
/// <param name="Until">When it ends by itself; there is always an end.</param>
public sealed record Mute(Name Machine, Name? Service, PublicText By, Remark Reason, DateTimeOffset At, DateTimeOffset Until)
{
    public bool Covers(Name machine, Name? service) => Is(machine, Machine)
        && (Service is not { } its || (service is { } other && Is(other, its)));

    private static bool Is(Name one, Name other) => one.Value.Equals(other.Value, StringComparison.OrdinalIgnoreCase);
}

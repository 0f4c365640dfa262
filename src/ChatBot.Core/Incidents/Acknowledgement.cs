
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>Somebody has an incident in hand.</summary>
/// <param name="By">The person's name; that of the monitor where it was taken there.</param>
/// <param name="Reason">What they said they do.</param>
/// <param name="At">When they took it.</param>
/// <param name="Until">When it ends by itself; there is always an end.</param>
public sealed record Acknowledgement(PublicText By, Remark Reason, DateTimeOffset At, DateTimeOffset Until);

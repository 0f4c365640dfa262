
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>Who acknowledged a problem in the monitor, and why: free text of theirs.</summary>
/// <param name="Author">As they are called there.</param>
/// <param name="Comment">What they wrote.</param>
/// <param name="At">When, by the monitor's clock, in whole seconds.</param>
public sealed record MonitoredAck(RootText Author, RootText Comment, DateTimeOffset At);

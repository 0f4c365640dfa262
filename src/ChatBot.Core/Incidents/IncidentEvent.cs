
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>One thing that happened to an incident.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">What was decided, by its reason.</param>
/// <param name="State">The state of that moment.</param>
/// <param name="By">The person's name, where a person did it.</param>
/// <param name="Said">What that person said.</param>
public sealed record IncidentEvent(DateTimeOffset At, Reason Reason, CheckState State, PublicText? By, Remark? Said);

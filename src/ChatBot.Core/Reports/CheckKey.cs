using ChatBot.Core.Text;

namespace ChatBot.Core.Reports;

/// <summary>Which check it is: two troubles of different keys never share an incident, and an end of one says nothing of another.</summary>
/// <param name="Machine">The short name where the inventory knows the machine.</param>
/// <param name="Service">As the monitor names it; null for the machine itself.</param>
/// <param name="Part">Which of the service's checks, among those of all programs.</param>
public readonly record struct CheckKey(Name Machine, Name? Service, CheckPart Part = default);

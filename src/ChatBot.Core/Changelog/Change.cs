
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>What a machine was seen to have changed.</summary>
/// <param name="Machine">The short name.</param>
/// <param name="At">When the machine reported it.</param>
/// <param name="Summary">What changed.</param>
public sealed record Change(PublicText Machine, DateTimeOffset At, ChangeSummary Summary);

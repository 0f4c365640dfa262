namespace ChatBot.Core.Newcomers;

/// <summary>When somebody was last there.</summary>
/// <param name="At">When.</param>
/// <param name="By">What they did then.</param>
public sealed record LastSeen(DateTimeOffset At, LastSeenBy By);

namespace ChatBot.Configuration;

/// <summary>How the bot speaks of alerts.</summary>
/// <param name="GroupWait">How long an alert waits for company, from 0 to 10 minutes.</param>
/// <param name="PublicOutput">Whether plugin output, redacted, is part of public lines.</param>
public sealed record SpeechSettings(TimeSpan GroupWait, bool PublicOutput);

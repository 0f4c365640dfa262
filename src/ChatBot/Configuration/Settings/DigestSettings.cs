using ChatBot.Core.Language;
using ChatBot.Core.People;

namespace ChatBot.Configuration;

/// <summary>The digest that is mailed.</summary>
/// <param name="At">The hour and minute, in <paramref name="TimeZone"/>.</param>
/// <param name="Days">On which days of the week.</param>
/// <param name="TimeZone">Of the hour, and of all times in the mail.</param>
/// <param name="Recipients">Whom; at least one.</param>
public sealed record DigestSettings(TimeOnly At, IReadOnlyCollection<DayOfWeek> Days, TimeZoneInfo TimeZone, IReadOnlyList<DigestRecipient> Recipients);

/// <summary>Who gets the digest.</summary>
/// <param name="Person">Null for the root alias.</param>
/// <param name="Locale">In which language.</param>
/// <param name="IsEncrypted">Whether it may leave only encrypted to the person's OpenPGP keys.</param>
public sealed record DigestRecipient(Person? Person, Locale Locale, bool IsEncrypted);

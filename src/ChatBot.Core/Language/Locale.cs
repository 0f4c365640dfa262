namespace ChatBot.Core.Language;

/// <summary>The two languages the bot speaks; neither is a translation of second rank.</summary>
public enum Locale
{
    French,
    English,
}

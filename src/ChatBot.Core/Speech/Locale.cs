namespace ChatBot.Core.Speech;

/// <summary>A language the bot speaks; both say everything.</summary>
public enum Locale
{
    French,
    English,
}

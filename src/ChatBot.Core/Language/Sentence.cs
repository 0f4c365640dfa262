namespace ChatBot.Core.Language;

/// <summary>One sentence in both languages, with the same places <c>{0}</c>, <c>{1}</c>… in each.</summary>
public sealed record Sentence(string French, string English)
{
    public string In(Locale locale) => locale == Locale.French ? French : English;
}

namespace ChatBot.Core.Speech;

/// <summary>
/// The one door from <see cref="RootText"/> to <see cref="PublicText"/>, for groups that want what a check said in public. It
/// knows what is harmless, not what is secret: plain words, small numbers and units pass; one word that is neither, and the
/// whole text stays private.
/// </summary>
public static class Redactor
{
    // What follows such a word may be a secret made of plain letters.
    private static readonly string[] Labels =
        ["pass", "mot", "mdp", "secret", "token", "jeton", "key", "cle", "clé", "clef", "pin", "code", "user", "login", "account", "compte"];

    private const int LongestWord = 20;
    private const int LongestNumber = 6;

    /// <summary>The text where all of it is harmless; null where any of it is in doubt.</summary>
    public static PublicText? Release(RootText text)
    {
        foreach (var range in text.Value.AsSpan().Split(' '))
            if (!IsHarmless(text.Value.AsSpan()[range].Trim("()[],;.!?-–—«»\"'")))
                return null;
        return text.IsEmpty ? null : PublicText.Declared(text.Value);
    }

    private static bool IsHarmless(ReadOnlySpan<char> word)
    {
        word = word.EndsWith(":") ? word[..^1] : word;
        var start = word.IndexOfAnyInRange('0', '9');
        if (start < 0)
            return IsWord(word);

        // A number with its unit: 10, 80%, 0.42, 1543.22ms.
        var end = word.LastIndexOfAnyInRange('0', '9') + 1;
        return start == 0 && IsNumber(word[..end]) && word.Length - end <= 3 && (word[end..] is "%" || IsWord(word[end..]));
    }

    // Letters of one script, in the case of a plain word or of an acronym: Xy7-like tokens are neither.
    private static bool IsWord(ReadOnlySpan<char> word)
    {
        if (word.Length > LongestWord || IsLabel(word))
            return false;
        var upperAfterFirst = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if (!char.IsAsciiLetter(word[i]) && word[i] is not (>= 'À' and <= 'ÿ' or 'œ' or 'Œ'))
                return false;
            if (i > 0 && char.IsUpper(word[i]))
                upperAfterFirst++;
        }

        return upperAfterFirst == 0 || upperAfterFirst == word.Length - 1;
    }

    private static bool IsLabel(ReadOnlySpan<char> word)
    {
        foreach (var label in Labels)
            if (word.StartsWith(label, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    // Digits with one decimal sign at most, so that neither an address nor a date nor a telephone number is one.
    private static bool IsNumber(ReadOnlySpan<char> number)
    {
        var signs = 0;
        foreach (var c in number)
        {
            if (c is '.' or ',')
                signs++;
            else if (!char.IsAsciiDigit(c))
                return false;
        }

        return signs <= 1 && number.Length - signs <= LongestNumber;
    }
}

namespace ChatBot.Core.Text;

/// <summary>Letters as somebody types them who has no accents on the keyboard.</summary>
internal static class Accents
{
    private const string Accented = "àâäáçéèêëîïíôöóùûüúÿñ";
    private const string Plain = "aaaaceeeeiiiooouuuuyn";

    /// <summary>The letter in lower case without its accent, where it is one of French, German or Spanish.</summary>
    public static char Fold(char letter)
    {
        var lower = char.ToLowerInvariant(letter);
        var accented = Accented.IndexOf(lower, StringComparison.Ordinal);
        return accented >= 0 ? Plain[accented] : lower;
    }
}

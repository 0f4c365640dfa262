namespace ChatBot.Configuration.Toml;

/// <summary>Tells what to write where a text is not TOML, without a word of that text.</summary>
internal static class SyntaxMistake
{
    private static readonly (string Said, string English, string French)[] Known =
    [
        ("for a value", "this value is not TOML; write a text between double quotes, a number, true or false",
            "cette valeur n'est pas du TOML ; écrivez un texte entre guillemets droits (\"), un nombre, true ou false"),
        ("while expecting a value", "the value is missing; write key = value, and a text that begins with # between quotes",
            "la valeur manque ; écrivez clé = valeur, et un texte qui commence par # entre guillemets"),
        ("newline in a string", "this text does not end on its line; close it with a quote",
            "ce texte ne finit pas sur sa ligne ; fermez-le par un guillemet"),
        ("End-Of-File found on string", "this text does not end; close it with a quote", "ce texte ne finit pas ; fermez-le par un guillemet"),
        ("closing `]`", "this list does not end; separate its items by commas and close it with ]",
            "cette liste ne finit pas ; séparez ses éléments par des virgules et fermez-la par ]"),
        ("`closebracket`", "this table name does not end; write [name]", "ce nom de table ne finit pas ; écrivez [nom]"),
        ("escape character", "this backslash means nothing; write it twice, or put the text between single quotes",
            "cette barre oblique inversée n'a pas de sens ; doublez-la, ou mettez le texte entre apostrophes"),
    ];

    public static string Explain(string said, MessageLanguage language)
    {
        foreach (var (part, english, french) in Known)
        {
            if (said.Contains(part, StringComparison.Ordinal))
            {
                return language.Words(english, french);
            }
        }

        return language.Words(
            "this is not TOML; write one key = value a line, a text between double quotes",
            "ce n'est pas du TOML ; écrivez une clé = valeur par ligne, un texte entre guillemets droits (\")");
    }
}

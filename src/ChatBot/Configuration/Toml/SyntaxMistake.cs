namespace ChatBot.Configuration.Toml;

/// <summary>Tells what to write where a text is not TOML, without a word of that text.</summary>
internal static class SyntaxMistake
{
    private static readonly (string Said, string Explained)[] Known =
    [
        ("for a value", "this value is not TOML; write a text between double quotes"),
        ("while expecting a value", "the value is missing; write key = value"),
        ("newline in a string", "this text does not end on its line; close it with a quote"),
        ("End-Of-File found on string", "this text does not end; close it with a quote"),
        ("closing `]`", "this list does not end; separate its items by commas and close it with ]"),
        ("`closebracket`", "this table name does not end; write [name]"),
        ("escape character", "this backslash means nothing; write it twice, or put the text between single quotes"),
    ];

    public static string Explain(string said)
    {
        foreach (var (part, explained) in Known)
        {
            if (said.Contains(part, StringComparison.Ordinal))
            {
                return explained;
            }
        }

        return "this is not TOML; write one key = value a line, a text between double quotes";
    }
}

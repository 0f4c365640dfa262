namespace ChatBot.Configuration.Toml;

/// <summary>One thing wrong in the configuration: what it is and what to write instead. Never quotes a secret.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Text">One line, in the language of <see cref="MessageLanguage"/>.</param>
public sealed record Mistake(Place Place, string Text)
{
    /// <summary><c>file:line: what is wrong, what to write</c>, as compilers say it, so that editors can jump there.</summary>
    public override string ToString() => $"{Place}: {Text}";
}

/// <summary>Where something was written.</summary>
/// <param name="Source">A file as the caller named it, or an environment variable.</param>
/// <param name="Line">From 1; 0 where the source has no lines, as an environment variable.</param>
public readonly record struct Place(string Source, int Line = 0)
{
    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}";
}

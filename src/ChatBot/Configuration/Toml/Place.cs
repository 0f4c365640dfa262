namespace ChatBot.Configuration.Toml;

/// <summary>Where something was written.</summary>
/// <param name="Source">A file as the caller named it, or an environment variable.</param>
/// <param name="Line">From 1; 0 where the source has no lines, as an environment variable.</param>
public readonly record struct Place(string Source, int Line = 0)
{
    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}";
}

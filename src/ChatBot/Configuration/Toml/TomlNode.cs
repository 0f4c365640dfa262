namespace ChatBot.Configuration.Toml;

/// <summary>A value of the configuration that knows where it was written.</summary>
internal abstract class TomlNode(Place place)
{
    public Place Place { get; } = place;

    /// <summary>What it is, for a message: "a text", "a number".</summary>
    public abstract (string English, string French) Kind { get; }

    public bool FromEnvironment => Place.Line == 0;
}

/// <summary>A string, long or bool; or another value of TOML (a float, a date) that no key takes, kept as null.</summary>
internal sealed class TomlScalar(Place place, object? value) : TomlNode(place)
{
    public object? Value { get; } = value;

    public override (string English, string French) Kind => Value switch
    {
        string => ("a text", "un texte"),
        long => ("a number", "un nombre"),
        bool => ("true or false", "true ou false"),
        _ => ("a fraction or a date", "une fraction ou une date"),
    };
}

/// <summary>An array, or the tables of one <c>[[name]]</c>.</summary>
internal sealed class TomlList(Place place, bool ofTables) : TomlNode(place)
{
    public List<TomlNode> Items { get; } = [];

    /// <summary>Whether <c>[[name]]</c> made it, so that another <c>[[name]]</c> may add to it.</summary>
    public bool OfTables { get; } = ofTables;

    public override (string English, string French) Kind => ("a list", "une liste");
}

internal sealed class TomlTable(Place place, TableOrigin origin) : TomlNode(place)
{
    public Dictionary<string, TomlNode> Entries { get; } = new(StringComparer.Ordinal);

    public TableOrigin Origin { get; set; } = origin;

    public override (string English, string French) Kind => ("a table", "une table");
}

/// <summary>How a table came to be, which decides who may add to it (TOML 1.0, "Table").</summary>
internal enum TableOrigin
{
    /// <summary>Only named on the way to another: <c>[a.b]</c> implies <c>a</c>, which may still be written once.</summary>
    Implied,
    Header,
    DottedKey,
    Inline,
}

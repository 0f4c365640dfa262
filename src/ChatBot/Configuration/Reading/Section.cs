
using ChatBot.Configuration.Toml;
using ChatBot.Core.Commands;

namespace ChatBot.Configuration.Reading;

/// <summary>
/// One table being read. Each getter lists the mistakes of its key and then returns a value good enough to read on with, so
/// that all mistakes of all files are reported at once. <see cref="Done"/> lists the unknown keys.
/// </summary>
internal sealed partial class Section(TomlTable table, string title, Scope scope)
{
    private readonly List<string> _asked = [];
    private bool _skipped;

    public Scope Scope { get; } = scope;

    /// <summary>The one of two texts that is in the reader's language.</summary>
    public string Words(string english, string french) => Scope.Language.Words(english, french);

    /// <summary>Proposes what somebody may have meant.</summary>
    public string DidYouMean(string nearest) => Words($"did you mean {nearest}?", $"vouliez-vous dire {nearest} ?");

    public bool Has(string key) => table.Entries.ContainsKey(key);

    /// <summary>A text as it stands there, whatever is wrong with it; null where there is none.</summary>
    public string? Written(string key) => (table.Entries.GetValueOrDefault(key) as TomlScalar)?.Value as string;

    /// <summary>Where a key is written; where the table begins if it is not.</summary>
    public Place At(string key) => table.Entries.TryGetValue(key, out var node) ? node.Place : table.Place;

    /// <summary>Where one item of a list is written.</summary>
    public Place At(string key, int item) =>
        table.Entries.GetValueOrDefault(key) is TomlList list && item < list.Items.Count ? list.Items[item].Place : At(key);

    public void Report(string key, string text) => Report(At(key), text);

    public void Report(Place place, string text) => Scope.Mistakes.Add(new(place, text));

    /// <summary>
    /// A table inside this one; an empty one where it is not written, so that its defaults are read the same way.
    /// </summary>
    public Section Table(string key)
    {
        var name = title.Length == 0 ? $"[{key}]" : $"[{title.Trim('[', ']')}.{key}]";
        return Find(key) switch
        {
            null => new(new(table.Place, TableOrigin.Implied), name, Scope),
            TomlTable inner => new(inner, name, Scope),
            var other => Wrong(other, key, Words($"write it as a table, {name}", $"écrivez une table, {name}")),
        };
    }

    /// <summary>A table that must be written; <paramref name="example"/> shows what to write if it is not.</summary>
    public Section RequiredTable(string key, string example)
    {
        if (Has(key))
        {
            return Table(key);
        }

        Report(key, Words($"[{key}] is missing; write [{key}] with {example}", $"[{key}] manque ; écrivez [{key}] avec {example}"));
        return new(new(table.Place, TableOrigin.Implied), $"[{key}]", Scope.Quiet);
    }

    /// <summary>The tables of <c>[[key]]</c>, in order; none if there is none.</summary>
    public IReadOnlyList<Section> Tables(string key)
    {
        var name = title.Length == 0 ? $"[[{key}]]" : $"[[{title.Trim('[', ']')}.{key}]]";
        var advice = Words($"write each one as {name}", $"écrivez chacun sous la forme {name}");
        var node = Find(key);
        if (node is TomlList list)
        {
            return [.. list.Items.Select(Item)];
        }

        if (node is not null)
        {
            Wrong(node, key, advice);
        }

        return [];

        Section Item(TomlNode item) =>
            item is TomlTable inner ? new(inner, name, Scope) : Wrong(item, key, advice);
    }

    /// <summary>
    /// The items of a list, each a table or, in short, the text of one key of it; none if there is none. In the environment, texts
    /// separated by commas.
    /// </summary>
    public IReadOnlyList<Section> TablesOrTexts(string key, string shortFor)
    {
        var name = Words($"{key} of {title}", $"{key} de {title}");
        switch (Find(key))
        {
            case null:
                return [];
            case TomlList list:
                return [.. list.Items.Select(Item)];
            case TomlScalar { Value: string text, FromEnvironment: true } variable:
                return [.. Split(text, variable.Place).Select(Item)];
            case var node:
                Wrong(node, key, ListAdvice(key));
                return [];
        }

        Section Item(TomlNode item)
        {
            if (item is TomlTable inner)
            {
                return new(inner, name, Scope);
            }

            var brief = new TomlTable(item.Place, TableOrigin.Inline);
            brief.Entries[shortFor] = item;
            return new(brief, name, Scope);
        }
    }

    /// <summary>Reports that a list has no item; not where it is no list, which is reported already.</summary>
    public void RequireItem(string key, string text)
    {
        var none = table.Entries.GetValueOrDefault(key) switch
        {
            null => true,
            TomlList list => list.Items.Count == 0,
            TomlScalar { Value: string variable, FromEnvironment: true } => variable.Trim(' ', ',').Length == 0,
            _ => false,
        };
        if (none)
        {
            Report(key, text);
        }
    }

    /// <summary>Asks nothing more of this table and lists no mistake in the rest of it.</summary>
    public void Skip() => _skipped = true;

    /// <summary>Has it told, once all is read, what is written here and means nothing.</summary>
    public void Done()
    {
        if (_skipped)
        {
            return;
        }

        foreach (var (key, node) in table.Entries)
        {
            if (!_asked.Contains(key))
            {
                Scope.Unknown.Add(() => Report(node.Place, Words($"`{key}` is not known {Where}; {Advice(key)}", $"`{key}` est inconnu {Where} ; {Advice(key)}")));
            }
        }
    }

    private string Where => title.Length == 0
        ? Words("at the top of the file", "en tête du fichier")
        : Words($"in {title}", $"dans {title}");

    private string ListAdvice(string key) => Words($"write a list, {key} = [\"…\"]", $"écrivez une liste, {key} = [\"…\"]");

    private string Advice(string key)
    {
        if (_asked.Contains(key + "_file"))
        {
            return Words(
                $"a secret goes into a file that only the bot can read: write {key}_file = \"its name\"",
                $"un secret va dans un fichier que seul le robot peut lire : écrivez {key}_file = \"son nom\"");
        }

        if (Typed.Near(key, _asked, most: 1) is [var nearest])
        {
            return DidYouMean($"`{nearest}`");
        }

        return Scope.Tables.GetValueOrDefault(key) is { } tables
            ? Words($"it belongs in {string.Join(", ", tables)}", $"sa place est dans {string.Join(", ", tables)}")
            : Words($"write one of {string.Join(", ", _asked)}", $"écrivez l'une de celles-ci : {string.Join(", ", _asked)}");
    }

    private TomlNode? Find(string key)
    {
        if (!_asked.Contains(key))
        {
            _asked.Add(key);
            Note(key);
        }

        return table.Entries.GetValueOrDefault(key);
    }

    // At the top there is no table to name.
    private void Note(string key)
    {
        if (title.Length == 0)
        {
            return;
        }

        if (!Scope.Tables.TryGetValue(key, out var tables))
        {
            Scope.Tables[key] = tables = new(StringComparer.Ordinal);
        }

        tables.Add(title);
    }

    private Section Wrong(TomlNode node, string key, string advice)
    {
        Report(node.Place, Words($"`{key}` is {node.Kind.English}; {advice}", $"`{key}` est {node.Kind.French} ; {advice}"));
        return new(new(node.Place, TableOrigin.Implied), key, Scope.Quiet);
    }
}

using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace ChatBot.Configuration.Toml;

/// <summary>
/// Reads one TOML text into nodes that know their line. Mistakes are collected, in words of our own: Tomlyn quotes what it
/// stumbles on, and that may be a password.
/// </summary>
internal sealed class TomlReader
{
    // Tables of which there may be several; who writes them in single brackets writes them twice.
    private static readonly string[] Many = ["channels", "sources", "machine", "person", "watches"];

    private readonly string _file;
    private readonly List<Mistake> _mistakes;
    private readonly MessageLanguage _language;
    private bool _sound = true;

    private TomlReader(string file, List<Mistake> mistakes, MessageLanguage language)
    {
        (_file, _mistakes, _language) = (file, mistakes, language);
    }

    /// <summary>False in <paramref name="sound"/> means that the tree lacks parts of the text.</summary>
    public static TomlTable Read(string text, string file, List<Mistake> mistakes, MessageLanguage language, out bool sound)
    {
        var reader = new TomlReader(file, mistakes, language);
        var document = SyntaxParser.Parse(text, file, validate: false);
        reader.TellSyntax(document);
        var root = reader.ReadDocument(document);
        sound = reader._sound;
        return root;
    }

    /// <summary>
    /// What the parser says of the next line mostly follows from this one: a quote that is missing upsets all lines below.
    /// </summary>
    private void TellSyntax(DocumentSyntax document)
    {
        var last = int.MinValue;
        foreach (var diagnostic in document.Diagnostics.OrderBy(diagnostic => diagnostic.Span.Start.Line))
        {
            var line = diagnostic.Span.Start.Line + 1;
            if (line > last + 1)
            {
                _mistakes.Add(new(new(_file, line), SyntaxMistake.Explain(diagnostic.Message, _language)));
            }

            last = line;
            _sound = false;
        }
    }

    private TomlTable ReadDocument(DocumentSyntax document)
    {
        var root = new TomlTable(new(_file, 1), TableOrigin.Header);
        foreach (var pair in document.KeyValues)
        {
            ReadPair(pair, root);
        }

        foreach (var table in document.Tables)
        {
            var target = table.Name is null ? null : Open(table, Segments(table.Name), root);
            foreach (var pair in table.Items)
            {
                ReadPair(pair, target ?? new TomlTable(PlaceOf(table), TableOrigin.Header));
            }
        }

        return root;
    }

    private TomlTable? Open(TableSyntaxBase syntax, List<string> path, TomlTable root)
    {
        var place = PlaceOf(syntax);
        var parent = root;
        foreach (var name in path.SkipLast(1))
        {
            if (!parent.Entries.TryGetValue(name, out var node))
            {
                parent.Entries[name] = node = new TomlTable(place, TableOrigin.Implied);
            }

            if (node is TomlList { OfTables: true } list)
            {
                node = list.Items[^1];
            }

            if (node is not TomlTable { Origin: not TableOrigin.Inline } table)
            {
                return Lost(name, place, node);
            }

            parent = table;
        }

        return syntax is TableArraySyntax ? OpenItem(parent, path[^1], place) : OpenTable(parent, path[^1], place);
    }

    private TomlTable? OpenItem(TomlTable parent, string name, Place place)
    {
        if (!parent.Entries.TryGetValue(name, out var node))
        {
            parent.Entries[name] = node = new TomlList(place, ofTables: true);
        }

        if (node is not TomlList { OfTables: true } list)
        {
            return Lost(name, place, node);
        }

        var item = new TomlTable(place, TableOrigin.Header);
        list.Items.Add(item);
        return item;
    }

    private TomlTable? OpenTable(TomlTable parent, string name, Place place)
    {
        if (!parent.Entries.TryGetValue(name, out var node))
        {
            parent.Entries[name] = node = new TomlTable(place, TableOrigin.Implied);
        }

        if (node is not TomlTable { Origin: TableOrigin.Implied } table)
        {
            return Lost(name, place, node);
        }

        table.Origin = TableOrigin.Header;
        return table;
    }

    private void ReadPair(KeyValueSyntax pair, TomlTable table)
    {
        if (pair.Key is null || pair.Value is null)
        {
            return;
        }

        var place = PlaceOf(pair);
        var path = Segments(pair.Key);
        foreach (var name in path.SkipLast(1))
        {
            if (!table.Entries.TryGetValue(name, out var node))
            {
                table.Entries[name] = node = new TomlTable(place, TableOrigin.DottedKey);
            }

            if (node is not TomlTable { Origin: TableOrigin.DottedKey } inner)
            {
                Duplicate(name, place, node);
                return;
            }

            table = inner;
        }

        if (table.Entries.TryGetValue(path[^1], out var first))
        {
            Duplicate(path[^1], place, first);
        }
        else
        {
            table.Entries[path[^1]] = ReadValue(pair.Value);
        }
    }

    private TomlNode ReadValue(ValueSyntax value)
    {
        var place = PlaceOf(value);
        switch (value)
        {
            case ArraySyntax array:
                var list = new TomlList(place, ofTables: false);
                list.Items.AddRange(array.Items.Where(item => item.Value is not null).Select(item => ReadValue(item.Value!)));
                return list;
            case InlineTableSyntax inline:
                var table = new TomlTable(place, TableOrigin.DottedKey);
                foreach (var item in inline.Items.Where(item => item.KeyValue is not null))
                {
                    ReadPair(item.KeyValue!, table);
                }

                table.Origin = TableOrigin.Inline;
                return table;
            default:
                return new TomlScalar(place, ScalarOf(value));
        }
    }

    private static object? ScalarOf(ValueSyntax value) => value switch
    {
        StringValueSyntax text => text.Value ?? "",
        IntegerValueSyntax number => number.Value,
        BooleanValueSyntax flag => flag.Value,
        _ => null,
    };

    private static List<string> Segments(KeySyntax key) =>
        [SegmentOf(key.Key), .. key.DotKeys.Select(dotted => SegmentOf(dotted.Key))];

    private static string SegmentOf(BareKeyOrStringValueSyntax? key) => key switch
    {
        BareKeySyntax bare => bare.Key?.Text ?? "",
        StringValueSyntax text => text.Value ?? "",
        _ => "",
    };

    private Place PlaceOf(SyntaxNode node) => new(_file, node.Span.Start.Line + 1);

    private void Duplicate(string name, Place place, TomlNode first)
    {
        var isOneOfMany = Many.Contains(name) && first is TomlTable;
        _mistakes.Add(new(place, _language.Words($"`{name}` is already written on line {first.Place.Line}; ", $"`{name}` est déjà écrit à la ligne {first.Place.Line} ; ")
            + (isOneOfMany
                ? _language.Words("write each one in double brackets, [[…]]", "écrivez chacun entre doubles crochets, [[…]]")
                : _language.Words("keep one of them", "gardez-en un seul"))));
    }

    /// <summary>A table written twice: what the second holds goes nowhere.</summary>
    private TomlTable? Lost(string name, Place place, TomlNode first)
    {
        Duplicate(name, place, first);
        _sound = false;
        return null;
    }
}

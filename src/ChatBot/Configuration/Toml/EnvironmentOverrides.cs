using System.Globalization;

namespace ChatBot.Configuration.Toml;

/// <summary>
/// Writes environment variables over what the files say: <c>CHATBOT__IRC__NICK</c> is <c>nick</c> of <c>[irc]</c>, in any case;
/// <c>CHATBOT__IRC__CHANNELS__0__NAME</c> is the first <c>[[irc.channels]]</c>, and the number after the last adds one.
/// </summary>
internal sealed class EnvironmentOverrides(
    IReadOnlyDictionary<string, string> environment, List<Mistake> mistakes, MessageLanguage language)
{
    private const string Separator = "__";

    /// <summary>Applies the variables whose first level is one that this file holds.</summary>
    public void ApplyTo(TomlTable root, Func<string, bool> holds)
    {
        var variables = environment
            .Select(pair => (Name: pair.Key, Path: pair.Key.Split(Separator), pair.Value))
            .Where(variable => variable.Path.Length > 1
                && variable.Path[0].Equals("CHATBOT", StringComparison.OrdinalIgnoreCase)
                && holds(variable.Path[1]))
            .OrderBy(variable => string.Join(Separator, variable.Path.Select(Sortable)), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, path, value) in variables)
        {
            Apply(root, path.AsSpan(1), new TomlScalar(new(name), value));
        }
    }

    private static string Sortable(string level) => IsIndex(level, out var index) ? $"{index:D9}" : level;

    private static bool IsIndex(string level, out int index) =>
        int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out index);

    private void Apply(TomlTable table, ReadOnlySpan<string> path, TomlScalar value)
    {
        while (path.Length > 1)
        {
            var name = NameIn(table, path[0]);
            var used = 1;
            if (!table.Entries.TryGetValue(name, out var node))
            {
                table.Entries[name] = node = IsIndex(path[1], out _)
                    ? new TomlList(value.Place, ofTables: true)
                    : new TomlTable(value.Place, TableOrigin.Header);
            }

            if (node is TomlList list)
            {
                node = ItemOf(list, path[1], value.Place);
                used = 2;
            }

            if (node is not TomlTable next || path.Length <= used)
            {
                mistakes.Add(new(value.Place, language.Words(
                    $"`{name}` has no such part; write a list whole, its items separated by commas, and number tables from 0",
                    $"`{name}` n'a pas cette partie ; écrivez une liste entière, ses éléments séparés par des virgules, et numérotez les tables à partir de 0")));
                return;
            }

            table = next;
            path = path[used..];
        }

        table.Entries[NameIn(table, path[0])] = value;
    }

    private static TomlTable? ItemOf(TomlList list, string level, Place place)
    {
        if (!IsIndex(level, out var index) || index > list.Items.Count)
        {
            return null;
        }

        if (index == list.Items.Count && list.Items.All(item => item is TomlTable))
        {
            list.Items.Add(new TomlTable(place, TableOrigin.Header));
        }

        return index < list.Items.Count ? list.Items[index] as TomlTable : null;
    }

    private static string NameIn(TomlTable table, string level) =>
        table.Entries.Keys.FirstOrDefault(key => key.Equals(level, StringComparison.OrdinalIgnoreCase))
        ?? level.ToLowerInvariant();
}

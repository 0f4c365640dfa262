using System.Globalization;

namespace ChatBot.Storage;

/// <summary>A table as the catalogue of an engine tells it.</summary>
/// <param name="Name">Of the table.</param>
/// <param name="Columns">Sorted by their names, for the engines do not have them in one order.</param>
/// <param name="Numbered">The column that numbers the rows and gives no number twice; null where there is none.</param>
/// <param name="Parents">The other tables that its rows name.</param>
internal sealed record CopiedTable(string Name, IReadOnlyList<CopiedColumn> Columns, string? Numbered, IReadOnlyList<string> Parents)
{
    /// <summary>The same for two tables of which one holds what the other does.</summary>
    public string Shape => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name} ({string.Join(", ", Columns.Select(column => column.IsText ? $"{column.Name} text" : $"{column.Name} number"))}), numbered by {Numbered}, names {string.Join(", ", Parents)}");

    /// <summary>The columns, for a statement.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(column => Quoted(column.Name)));

    /// <summary>A name as a statement takes it.</summary>
    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>So that each comes after those that its rows name.</summary>
    public static IReadOnlyList<CopiedTable> InOrder(IReadOnlyList<CopiedTable> tables)
    {
        var (ordered, left) = (new List<CopiedTable>(), tables.OrderBy(table => table.Name, StringComparer.Ordinal).ToList());
        while (left.Find(table => table.Parents.All(parent => parent == table.Name || ordered.Exists(one => one.Name == parent))) is { } next)
        {
            ordered.Add(next);
            left.Remove(next);
        }

        return left.Count == 0 ? ordered : throw new StorageException($"{left[0].Name}: its rows name a table that is not there, or each other");
    }
}

/// <summary>A column: of text, or of whole numbers.</summary>
internal readonly record struct CopiedColumn(string Name, bool IsText);

using System.Globalization;

namespace ChatBot.Storage;

/// <summary>One numbered step from an empty database to this version's schema; never changed once released.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Sql">Statements of one database system.</param>
public sealed record Migration(int Number, string Sql)
{
    /// <summary>The migrations of a database system, in order, from the files <c>Migrations/0001.SYSTEM.sql</c>.</summary>
    public static IReadOnlyList<Migration> Of(string system)
    {
        var assembly = typeof(Migration).Assembly;
        var suffix = $".{system}.sql";
        return assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(suffix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var number = name[..^suffix.Length][^4..];
                return new Migration(int.Parse(number, CultureInfo.InvariantCulture), reader.ReadToEnd());
            })
            .ToList();
    }
}

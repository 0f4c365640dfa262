using System.Globalization;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// The <c>Label: value</c> lines of a Nagios mail, with French and English labels. The first of each label counts: plugin output,
/// which a monitored machine words as it likes, comes after the facts and is skipped as one paragraph.
/// </summary>
internal sealed class NagiosBody
{
    private const int MostLines = 200;
    private const int LongestDetail = 2000;

    private static readonly string[] Family = ["icinga", "centreon", "naemon", "shinken"];

    private static readonly (string Name, string Offset)[] Zones =
        [(" UTC ", " +00:00 "), (" GMT ", " +00:00 "), (" CET ", " +01:00 "), (" CEST ", " +02:00 ")];

    /// <summary>The monitor of Nagios's family that the title names, in lower case; null where it names none of the others.</summary>
    public string? Monitor { get; private set; }

    public string? Type { get; private set; }

    public string? Host { get; private set; }

    public string? Service { get; private set; }

    public CheckState? State { get; private set; }

    public DateTimeOffset? When { get; private set; }

    public string? Detail { get; private set; }

    public string? Author { get; private set; }

    public string? Comment { get; private set; }

    public static NagiosBody Read(string text)
    {
        var body = new NagiosBody();
        using var lines = new StringReader(text);
        for (var left = MostLines; left > 0 && lines.ReadLine() is { } line; left--)
        {
            body.Take(line, lines);
        }

        return body;
    }

    private void Take(string line, StringReader lines)
    {
        if (line.StartsWith("*****", StringComparison.Ordinal) || line.StartsWith("Shinken Notification", StringComparison.Ordinal))
        {
            Monitor ??= Type is null ? Array.Find(Family, name => line.AsSpan().TrimStart("* ").StartsWith(name, StringComparison.OrdinalIgnoreCase)) : null;
            return;
        }
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            return;
        }

        var label = line.AsSpan(0, colon).TrimEnd();
        var value = line[(colon + 1)..].Trim();
        if (Type is null && NagiosFormat.IsType(value))
        {
            Type = value;
        }
        else
        {
            Keep(label, value, lines);
        }
    }

    private void Keep(ReadOnlySpan<char> label, string value, StringReader lines)
    {
        Span<char> lower = stackalloc char[24];
        if (label.Length > lower.Length)
        {
            return;
        }

        switch (lower[..label.ToLowerInvariant(lower)])
        {
            case "info" or "additional info" or "information" or "informations" or "détails" or "details":
                Detail ??= value.Length > 0 ? value : Paragraph(lines);
                break;
            case "date/time" or "date" or "date/heure":
                When ??= LongDate(value);
                break;
            case var known when value.Length > 0:
                KeepWord(known, value);
                break;
        }
    }

    private void KeepWord(ReadOnlySpan<char> label, string value)
    {
        switch (label)
        {
            case "service":
                Service ??= value;
                break;
            case "host" or "hostname" or "machine" or "hôte" or "hote":
                Host ??= value;
                break;
            case "state" or "status" or "état" or "etat" or "statut":
                State ??= Naming.State(FirstWord(value));
                break;
            case "author" or "auteur":
                Author ??= value;
                break;
            case "comment" or "comments" or "commentaire":
                Comment ??= value;
                break;
        }
    }

    private static ReadOnlySpan<char> FirstWord(string value)
    {
        var end = value.AsSpan().IndexOfAny(" ;,(");
        return end < 0 ? value : value.AsSpan(0, end);
    }

    /// <summary>The lines up to a blank one, blank ones before it skipped.</summary>
    private static string? Paragraph(StringReader lines)
    {
        var paragraph = "";
        while (lines.ReadLine() is { } line && (paragraph.Length == 0 || line.Length > 0))
        {
            if (paragraph.Length < LongestDetail)
            {
                paragraph = paragraph.Length == 0 ? line : paragraph + " " + line;
            }
        }

        return paragraph.Length > 0 ? paragraph : null;
    }

    /// <summary>
    /// $LONGDATETIME$, <c>Sun Nov 22 21:04:43 UTC 2026</c> (ctime order), in the zones whose abbreviation leaves no doubt; else
    /// null.
    /// </summary>
    private static DateTimeOffset? LongDate(string value)
    {
        foreach (var (zone, offset) in Zones)
        {
            value = value.Replace(zone, offset, StringComparison.Ordinal);
        }

        return DateTimeOffset.TryParseExact(value, "ddd MMM d HH:mm:ss zzz yyyy", CultureInfo.InvariantCulture,
            DateTimeStyles.AllowInnerWhite, out var when) ? when : null;
    }
}

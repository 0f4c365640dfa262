using System.Globalization;
using System.Text;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// The <c>Label: value</c> lines of a Nagios mail, with French and English labels. The first of each label counts: plugin output,
/// which a monitored machine words as it likes, comes after the facts and is skipped as one paragraph.
/// </summary>
/// <param name="isWhole">Whether nothing of the mail was left out.</param>
internal sealed class NagiosBody(bool isWhole)
{
    private const int MostLines = 200;

    // What of the output has room beside the rest; of what is longer the count is said.
    private const int LongestDetail = 360;

    private static readonly string[] Family = ["icinga", "centreon", "naemon", "shinken"];

    private static readonly (string Name, string Offset)[] Zones =
        [(" UTC ", " +00:00 "), (" GMT ", " +00:00 "), (" CET ", " +01:00 "), (" CEST ", " +02:00 ")];

    private CheckState? _state;
    private CheckState? _serviceState;
    private CheckState? _hostState;

    /// <summary>The monitor of Nagios's family that the title names, in lower case; null where it names none of the others.</summary>
    public string? Monitor { get; private set; }

    public string? Type { get; private set; }

    public string? Host { get; private set; }

    public string? Service { get; private set; }

    /// <summary>What Centreon's own page of notifications calls the resource: a machine, or one of its services behind a slash.</summary>
    public string? Resource { get; private set; }

    /// <summary>Of the service where there is one: some templates give the state of its host beside it.</summary>
    public CheckState? State => _serviceState ?? _state ?? (Service is null ? _hostState : null);

    public DateTimeOffset? When { get; private set; }

    public string? Detail
    {
        get;
        private set => field = value is { Length: > LongestDetail } ? Cut(value, isWhole) : value;
    }

    public string? Author { get; private set; }

    public string? Comment { get; private set; }

    public static NagiosBody Read(string text, bool isWhole)
    {
        var body = new NagiosBody(isWhole);
        using var lines = new StringReader(text);
        for (var left = MostLines; left > 0 && lines.ReadLine() is { } line; left--)
        {
            body.Take(line, lines);
        }

        return body;
    }

    private void Take(string line, StringReader lines)
    {
        var title = line.AsSpan().TrimStart();
        if (title.StartsWith("*****", StringComparison.Ordinal) || title.StartsWith("* * * *", StringComparison.Ordinal)
            || title.StartsWith("Shinken Notification", StringComparison.Ordinal) || title.TrimEnd().Equals("Centreon notification", StringComparison.Ordinal))
        {
            Monitor ??= Type is null ? Array.Find(Family, name => line.AsSpan().TrimStart("* ").StartsWith(name, StringComparison.OrdinalIgnoreCase)) : null;
            return;
        }

        var start = line.Length - line.AsSpan().TrimStart("-|•* \t").Length;
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= start)
        {
            return;
        }

        var label = line.AsSpan(start, colon - start).TrimEnd();
        var value = line[(colon + 1)..].Trim();
        if (Type is null && NagiosFormat.IsType(value))
        {
            Type = value;
        }
        else if (Type is null && NagiosFormat.IsType(new string(label)) && Shape.Read(value, "", " -- ", "") is [var state, var output]
            && Naming.State(state) is { } read)
        {
            // “PROBLEM: CRITICAL -- OUTPUT”, the first line of scripts that thread.
            (Type, _state, Detail) = (new string(label), read, output);
        }
        else
        {
            Keep(label, value, lines);
        }
    }

    private void Keep(ReadOnlySpan<char> label, string value, StringReader lines)
    {
        Span<char> lower = stackalloc char[32];
        if (label.Length > lower.Length)
        {
            return;
        }

        switch (lower[..label.ToLowerInvariant(lower)])
        {
            case "info" or "additional info" or "information" or "informations" or "détails" or "details" or "output" or "service output" or "host output"
                or "service data" or "host data" or "service info" or "host info" or "plugin output" or "check output" or "status information"
                or "status info" or "additional information" or "informations complémentaires" or "sortie":
                Detail ??= value.Length > 0 ? value : Paragraph(lines);
                break;
            case "date/time" or "date" or "date/heure" or "time" or "event time":
                var moment = BeforeInfo(value, out var info);
                When ??= LongDate(moment);
                Detail ??= info;
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
            case "notification type" or "type" or "type de notification" or "notification":
                Type ??= TypeIn(value);
                break;
            case "service" or "service description" or "service name" or "service desc" or "servicedesc":
                Service ??= value;
                break;
            case "host" or "hostname" or "host name" or "machine" or "hôte" or "hote" or "server" or "serveur":
                Host ??= value;
                break;
            case "resource" when Monitor == "centreon":
                Resource ??= value;
                break;
            case "service state" or "service status" or "état du service":
                _serviceState ??= StateIn(value);
                break;
            case "host state" or "host status" or "état de l'hôte":
                _hostState ??= StateIn(value);
                break;
            case "state" or "status" or "current state" or "new state" or "état" or "etat" or "statut":
                _state ??= StateIn(value);
                break;
            case "author" or "auteur" or "acknowledged by" or "acknowledgement by" or "ack by" or "acknowledgement author" or "ack author"
                or "notification author" or "author name" or "comment author" or "acquitté par":
                Author ??= value;
                break;
            case "comment" or "comments" or "commentaire" or "notification comment" or "acknowledgement comment" or "ack comment" or "acknowledgement"
                or "acknowledgment" or "author comment":
                Comment ??= value;
                break;
        }
    }

    // “PROBLEM (#3)”, “Problem”
    private static string? TypeIn(string value) =>
        new string(FirstWord(value)).ToUpperInvariant() is var word && NagiosFormat.IsType(word) ? word : null;

    private static CheckState? StateIn(string value) => CheckStates.Parse(FirstWord(value));

    // Centreon writes both on one line: “Date/Time: … Additional Info : …”.
    private static string BeforeInfo(string value, out string? info)
    {
        var start = value.IndexOf("Additional Info", StringComparison.OrdinalIgnoreCase);
        var colon = start < 0 ? -1 : value.IndexOf(':', start);
        info = colon < 0 || string.IsNullOrWhiteSpace(value[(colon + 1)..]) ? null : value[(colon + 1)..].Trim();
        return start < 0 ? value : value[..start].Trim();
    }

    private static ReadOnlySpan<char> FirstWord(string value)
    {
        var end = value.AsSpan().IndexOfAny(" ;,(");
        return end < 0 ? value : value.AsSpan(0, end);
    }

    private static string Cut(string text, bool isWhole)
    {
        var end = LongestDetail - (char.IsHighSurrogate(text[LongestDetail - 1]) ? 1 : 0);
        return $"{text.AsSpan(0, end).TrimEnd()}… (+{(isWhole ? "" : " ≥ ")}{text.Length - end})";
    }

    /// <summary>The lines up to a blank one, blank ones before it skipped.</summary>
    private static string? Paragraph(StringReader lines)
    {
        var paragraph = new StringBuilder();
        while (lines.ReadLine() is { } line && (paragraph.Length == 0 || line.Length > 0))
        {
            paragraph.Append(paragraph.Length == 0 ? "" : " ").Append(line);
        }

        return paragraph.Length > 0 ? paragraph.ToString() : null;
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

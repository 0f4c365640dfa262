using System.Buffers;
using System.Globalization;
using System.Text;
using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>
/// Reads changelogs that people write by hand: a date above what was done or in front of it (PoV's <c>new-changelog-entry</c>, metche's
/// template, GNU ChangeLog, RPM, <c>3 nov. 2005 : texte</c>), Debian's blocks with the date below, and both shapes of the bot. Nothing is
/// rewritten: of each text only its bullet and the bot's mark are left out.
/// </summary>
/// <param name="zone">Of dates without a zone.</param>
public sealed class ChangelogReader(TimeZoneInfo zone)
{
    /// <summary>So many lines of a file are read.</summary>
    public const int MostLines = 100_000;

    private const string Mark = "[chatbot ";

    // What is shorter was not broken because the line was full.
    private const int WrappedAt = 50;

    private static readonly SearchValues<char> Ruled = SearchValues.Create("=-_*#~ ");
    private static readonly SearchValues<char> OfPackage = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789+-.");

    private readonly List<Item> _items = [];
    private Head _head = new(0) { Indent = int.MaxValue };
    private Item? _open;
    private int _lastLength;

    /// <summary>Reads a file: each line as UTF-8, and those that are none as Windows-1252.</summary>
    public static WrittenChangelog Read(ReadOnlySpan<byte> bytes, TimeZoneInfo zone)
    {
        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        return Read(UnknownCharset.Read(bytes).Split('\n'), zone);
    }

    /// <summary>Reads the lines of a changelog, or some of them.</summary>
    public static WrittenChangelog Read(IReadOnlyList<string> lines, TimeZoneInfo zone)
    {
        var reader = new ChangelogReader(zone);
        var most = Math.Min(lines.Count, MostLines);
        for (var i = 0; i < most; i++)
        {
            reader.TakeLine(i + 1, lines[i].TrimEnd(), i + 1 < most ? lines[i + 1] : "");
        }

        return new WrittenChangelog(
            [.. reader._items.Select(item => item.Entry())], reader.Faults([.. reader._items.Select(item => item.Head).Where(head => head.At is not null).Distinct()]), lines.Count - most);
    }

    private void TakeLine(int number, string line, string next)
    {
        var text = line.TrimStart();
        var indent = line.Length - text.Length;
        if (text.Length == 0 || text.AsSpan().IndexOfAnyExcept(Ruled) < 0)
        {
            _open = null;
            return;
        }

        if (TakeDebian(number, line, text) || TakeHead(number, indent, text, next))
        {
            return;
        }

        var words = WithoutBullet(text);
        var isContinued = _open is not null && words.Length == text.Length && (indent > _open.Indent || (_lastLength >= WrappedAt && indent >= _open.TextIndent));
        if (isContinued)
        {
            _open!.Text.Append('\n').Append(text);
        }
        else
        {
            Add(new Item(number, _head, indent, indent + text.Length - words.Length), words);
        }

        _lastLength = line.Length;
    }

    private void Add(Item item, string words)
    {
        item.Text.Append(words);
        _open = item;
        _items.Add(item);
    }

    private bool TakeHead(int number, int indent, string text, string next)
    {
        // What stands further in than the head is what was done, even where it begins with a date.
        if ((indent > _head.Indent) || WrittenHead.Read(text, zone) is not { } head)
        {
            return false;
        }

        var author = WrittenAuthor.Of(head, IsBody(next, indent));
        _head = new Head(number) { At = head.At, Precision = head.Precision, By = author.Name, Address = author.Address, Indent = indent };
        _open = null;
        _lastLength = text.Length;
        if (author.Text.Length > 0)
        {
            Add(new Item(number, _head, indent, indent), WithoutBullet(author.Text));
        }

        return true;
    }

    // dpkg's changelogs, deb-changelog(5): “hal (12) stable; urgency=low”, and below “ -- Name <mail>  Sun, 22 Nov 2026 21:07:57 +0100”.
    private bool TakeDebian(int number, string line, string text)
    {
        if (text.StartsWith("-- ", StringComparison.Ordinal) && WrittenAuthor.Addressed(text[3..]) is { } trailer
            && WrittenHead.Read(trailer.Text, zone) is { } date)
        {
            (_head.At, _head.Precision, _head.Address) = (date.At, date.Precision, trailer.Address);
            _head.By = _head.By.Length > 0 ? _head.By : trailer.Name;
            _head = new Head(number) { Indent = int.MaxValue };
            _open = null;
            return true;
        }

        var open = line.IndexOf(" (", StringComparison.Ordinal);
        var close = open < 1 ? -1 : line.IndexOf(") ", open, StringComparison.Ordinal);
        if (close < 0 || line.IndexOf(';', close) < 0 || line.AsSpan(0, open).ContainsAnyExcept(OfPackage) || !line.Contains("urgency=", StringComparison.Ordinal))
        {
            return false;
        }

        _head = new Head(number) { Indent = 0 };
        _open = null;
        return true;
    }

    private static bool IsBody(string line, int indent)
    {
        var text = line.TrimStart();
        return text.Length > 0 && (line.Length - text.Length > indent || WithoutBullet(text).Length < text.Length || IsBox(text));
    }

    // “* ”, “- ”, “• ”, “1. ”; of “- [ ] ” all stays, as it says that something is to be done.
    private static string WithoutBullet(string text)
    {
        var end = 0;
        if (text[0] is '*' or '-' or '+' or '•' or '·' or '–' or '—')
        {
            end = 1;
        }
        else
        {
            while (end < text.Length && end < 3 && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            end = end > 0 && end < text.Length && text[end] is '.' or ')' ? end + 1 : 0;
        }

        if (end == 0 || end >= text.Length || text[end] is not (' ' or '\t'))
        {
            return text;
        }

        var rest = text[end..].TrimStart();
        return rest.Length == 0 || IsBox(rest) ? text : rest;
    }

    private static bool IsBox(string text) => text is ['[', _, ']', ..] || text is ['-', ' ', '[', _, ']', ..];

    // Newest last, or newest first where most of them say so.
    private List<OrderFault> Faults(List<Head> heads)
    {
        var (older, newer) = (0, 0);
        for (var i = 1; i < heads.Count; i++)
        {
            var order = Compare(heads[i], heads[i - 1]);
            older += order < 0 ? 1 : 0;
            newer += order > 0 ? 1 : 0;
        }

        var faults = new List<OrderFault>();
        var wrong = older > newer ? 1 : -1;
        for (var i = 1; i < heads.Count; i++)
        {
            if (Math.Sign(Compare(heads[i], heads[i - 1])) == wrong)
            {
                faults.Add(new OrderFault(heads[i].Line, heads[i - 1].Line, wrong < 0));
            }
        }

        return faults;
    }

    // Of a day nobody knows the hour: all of it is the same.
    private int Compare(Head one, Head other) => one.Precision == WrittenPrecision.Day || other.Precision == WrittenPrecision.Day
        ? TimeZoneInfo.ConvertTime(one.At!.Value, zone).Date.CompareTo(TimeZoneInfo.ConvertTime(other.At!.Value, zone).Date)
        : one.At!.Value.CompareTo(other.At!.Value);

    private sealed class Head(int line)
    {
        public int Line { get; } = line;

        public int Indent { get; init; }

        public DateTimeOffset? At { get; set; }

        public WrittenPrecision Precision { get; set; } = WrittenPrecision.Unknown;

        public string By { get; set; } = "";

        public string Address { get; set; } = "";
    }

    private sealed class Item(int line, Head head, int indent, int textIndent)
    {
        public Head Head { get; } = head;

        public int Indent { get; } = indent;

        public int TextIndent { get; } = textIndent;

        public StringBuilder Text { get; } = new();

        public WrittenEntry Entry()
        {
            var (text, number) = WithoutMark(Text.ToString());
            return new WrittenEntry(
                line, new RootText(Head.By, WrittenEntry.LongestName), Head.At, Head.Precision, new RootText(text, WrittenEntry.LongestText), number)
            {
                Address = new RootText(Head.Address, WrittenEntry.LongestName),
            };
        }

        private static (string Text, long? Number) WithoutMark(string text) =>
            text.EndsWith(']') && text.LastIndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at
            && long.TryParse(text.AsSpan(at + Mark.Length, text.Length - at - Mark.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? (text[..at].TrimEnd(), number)
                : (text, null);
    }
}

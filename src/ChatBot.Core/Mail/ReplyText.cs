using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail;

/// <summary>
/// What the writer of an answer wrote themselves: what stands above the first quotation, or, where nothing does and the quotation is marked with
/// <c>&gt;</c> line by line, what stands below it behind an empty line. Where it is unclear who wrote a line, nobody did.
/// </summary>
/// <param name="Lines">Without white space around them; no empty line at either end, no signature.</param>
public sealed partial record ReplyText(IReadOnlyList<string> Lines)
{
    private const int MostRead = 4000;
    private const int LongestLine = 1000;
    private const int LongestAttribution = 4;
    private const int HeaderLines = 6;
    private const int BlanksBeforeQuote = 2;
    private const string Invisible = " \t\u00a0\u200b\u200c\u200d\u2060\ufeff";

    /// <param name="text">Decoded, soft line breaks of <c>format=flowed</c> undone.</param>
    /// <param name="mayStandBelow">False where a quotation has no mark of its own: of HTML.</param>
    public static ReplyText Read(string text, bool mayStandBelow)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', MostRead + 1).Take(MostRead)
            .Select(line => (line.Length > LongestLine ? line[..LongestLine] : line).Trim([.. Invisible])).ToList();
        var end = FirstBoundary(lines, 0);
        var own = Own(lines.GetRange(0, end));
        if (own.Count > 0 || !mayStandBelow)
        {
            return new ReplyText(own);
        }

        var start = BelowQuote(lines, end);
        return new ReplyText(start < 0 ? [] : Own(lines.GetRange(start, FirstBoundary(lines, start) - start)));
    }

    /// <summary>The first sentence of these lines, without its full stop, at most so many characters; empty where there are no words.</summary>
    public static string FirstSentence(IEnumerable<string> lines, int most)
    {
        var paragraph = string.Join(' ', lines.SkipWhile(line => line.Length == 0).TakeWhile(line => line.Length > 0));
        var end = SentenceEnd().Match(paragraph) is { Success: true } match ? match.Index : paragraph.Length;
        var sentence = paragraph[..end].TrimEnd('.', ' ', ',', ':', ';');
        return Cleaner.Clean(sentence, most);
    }

    private static List<string> Own(List<string> lines)
    {
        var own = lines.TakeWhile(line => !IsSignature(line)).SkipWhile(line => line.Length == 0).ToList();
        while (own is [.., { Length: 0 }])
        {
            own.RemoveAt(own.Count - 1);
        }

        return own;
    }

    // Where the quotation, or what announces it, begins.
    private static int FirstBoundary(List<string> lines, int from)
    {
        for (var at = from; at < lines.Count; at++)
        {
            if (IsQuoted(lines[at]) || Separator().IsMatch(lines[at]) || IsHeaderBlock(lines, at) || IsDatedAttribution(lines, at))
            {
                return at;
            }

            if (Wrote().IsMatch(lines[at]) || (lines[at].EndsWith(':') && IsBeforeQuote(lines, at + 1)))
            {
                return BeginOfParagraph(lines, from, at);
            }
        }

        return lines.Count;
    }

    // What says who wrote may begin with a name that the writer of the quotation chose, and programs break it where they like: all of its paragraph is it.
    private static int BeginOfParagraph(List<string> lines, int from, int at)
    {
        while (at > from && lines[at - 1].Length > 0)
        {
            at--;
        }

        return at;
    }

    // Some programs wrap what they quote and mark the first line alone: what follows at once may be quoted too.
    private static int BelowQuote(List<string> lines, int at)
    {
        // What announces the quotation is one paragraph; where nothing marked follows, all below it may be quoted.
        while (at < lines.Count && lines[at].Length > 0 && !IsQuoted(lines[at]))
        {
            at++;
        }

        while (at < lines.Count && lines[at].Length == 0)
        {
            at++;
        }

        while (at < lines.Count && IsQuoted(lines[at]))
        {
            at++;
            var next = lines.FindIndex(at, line => line.Length > 0);
            at = next > 0 && IsQuoted(lines[next]) ? next : at;
        }

        return at > 0 && at < lines.Count && lines[at].Length == 0 && IsQuoted(lines[at - 1]) ? at : -1;
    }

    private static bool IsBeforeQuote(List<string> lines, int at)
    {
        var last = Math.Min(lines.Count - 1, at + BlanksBeforeQuote);
        while (at < last && lines[at].Length == 0)
        {
            at++;
        }

        return at < lines.Count && IsQuoted(lines[at]);
    }

    private static bool IsDatedAttribution(List<string> lines, int at)
    {
        if (!Moment().IsMatch(lines[at]))
        {
            return false;
        }

        var joined = new StringBuilder();
        foreach (var line in lines.Skip(at).Take(LongestAttribution).TakeWhile(line => line.Length > 0))
        {
            joined.Append(line).Append(' ');
            if (line.EndsWith(':'))
            {
                return Verb().IsMatch(joined.ToString().TrimEnd());
            }
        }

        return false;
    }

    private static bool IsHeaderBlock(List<string> lines, int at) =>
        Author().IsMatch(lines[at]) && lines.Skip(at + 1).Take(HeaderLines).Count(line => OtherHeader().IsMatch(line)) >= 2;

    private static bool IsQuoted(string line) => line.StartsWith('>');

    private static bool IsSignature(string line) => line is "--" or "—" or "- --" || Mobile().IsMatch(line);

    [GeneratedRegex(@"[.!?…](?=\s)", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex SentenceEnd();

    // “-----Message d'origine-----”, “---------- Forwarded message ---------”, Outlook's line.
    [GeneratedRegex(@"^(?:-{2,}\s?\p{L}[^\n]{2,60}-{2,}|_{5,}|-{20,}|={10,})$", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^\*?(?:From|De|Von|Da|Van|Od|Fra|Från|Expéditeur)\s?:\*?\s", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex Author();

    [GeneratedRegex(
        @"^\*?(?:Sent|Date|To|Cc|Subject|Envoyé|Envoyé le|À|A|Objet|Sujet|Gesendet|Datum|An|Betreff|Enviado|Enviado el|Fecha|Para|Asunto|Inviato|Data|Oggetto|Verzonden|Aan|Onderwerp|Assunto|Skickat|Till|Ämne|Sendt|Til|Emne|Wysłano|Do|Temat)\s?:\*?(?:\s|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex OtherHeader();

    [GeneratedRegex(@"^(?:On|Le|Am|El|Il|Em|Op|Den|På|Dne|W dniu|Dnia|At|Quoting|En date de|\d{4}-\d\d-\d\d|\d{1,2}[./ ])", RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex Moment();

    private const string Verbs = @"(?:wrote|writes|said|a écrit|écrivait|écrit|schrieb|geschrieben|escribió|ha scritto|scrisse|escreveu|schreef|skrev|napisał|napisała|napsal|napisał\(a\)|>)";

    [GeneratedRegex(Verbs + @"[^\n:]{0,80}\s?:$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex Verb();

    // “lunar a écrit :”, “Quoting lunar <x@y>:”.
    [GeneratedRegex(@"^.{1,200}\b(?:wrote|writes|a écrit|schrieb|escribió|ha scritto|escreveu|schreef|skrev)\s?:$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex Wrote();

    [GeneratedRegex(
        @"^(?:Envoyé (?:de|depuis|à partir|avec|par)|Sent (?:from|with|via)|Get Outlook|Obtene[rz] Outlook|Téléchargez|Von meinem|Gesendet (?:von|mit)|Enviado (?:desde|do|de)|Inviato da|Verzonden (?:vanaf|met)|Provenance ?:)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex Mobile();
}

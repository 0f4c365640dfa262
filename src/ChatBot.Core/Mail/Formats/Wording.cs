using System.Collections.Frozen;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Reads the severity in words that programs and people write in French and English: whole words, accents apart, and not where
/// they are denied (« aucune erreur », “no errors”, “errors: 0”), nor in the name of a file, a path, an address, an option or a quoted command
/// (<c>error.log</c>, <c>/srv/failed/</c>, <c>--on-error</c>): such a name says what something is called, not what became of it.
/// </summary>
internal static class Wording
{
    private const int Reach = 2;
    private const int LongestWord = 20;
    private const int LongestCommand = 400;
    private const int LongestExtension = 6;

    private static readonly FrozenDictionary<string, Severity> Severities = new (Severity Severity, string[] Words)[]
    {
        (Severity.Critical, ["critical", "critique", "critiques", "crit", "fatal", "fatale", "fatals", "emergency", "panic", "error",
            "errors", "erreur", "erreurs", "failed", "failure", "failures", "fail", "fails", "echec", "echecs", "echoue", "echouee",
            "echoues", "echouent", "degraded", "crashed"]),
        (Severity.Warning, ["warning", "warnings", "warn", "avertissement", "avertissements", "attention", "alert", "alerts", "alerte",
            "alertes"]),
        (Severity.Ok, ["ok", "success", "successful", "successfully", "succeeded", "succes", "reussi", "reussie", "reussite"]),
    }.SelectMany(group => group.Words.Select(word => (word, group.Severity))).ToFrozenDictionary(pair => pair.word, pair => pair.Severity);

    private static readonly FrozenSet<string> Over = FrozenSet.ToFrozenSet(
        ["resolved", "resolu", "resolue", "recovered", "recovery", "restored", "retabli", "retablie", "retablis", "fixed", "repare", "reparee"]);

    private static readonly FrozenSet<string> Denials = FrozenSet.ToFrozenSet(
        ["no", "not", "non", "without", "never", "0", "zero", "pas", "sans", "aucun", "aucune", "jamais", "ni", "nor", "plus"]);

    // In a job's output these say what went wrong; in a subject they may mean anything.
    private static readonly FrozenSet<string> Trouble = FrozenSet.ToFrozenSet(
        ["denied", "refused", "refuse", "refusee", "unable", "cannot", "impossible", "introuvable", "traceback", "exception", "killed",
            "interdit", "interdite"]);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TroubleWords = Trouble.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, Severity>.AlternateLookup<ReadOnlySpan<char>> SeverityOf =
        Severities.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OverWords = Over.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> DenialWords = Denials.GetAlternateLookup<ReadOnlySpan<char>>();

    // In a subject these mean an outage; a job may print them about anything.
    private static readonly FrozenSet<string> Outages = FrozenSet.ToFrozenSet(
        ["down", "unreachable", "offline", "outage", "panne", "injoignable", "indisponible", "inaccessible"]);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OutageWords = Outages.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The most severe word; « résolu » and the like weigh more than what they end. Null where no word says it.</summary>
    public static Severity? Of(ReadOnlySpan<char> text) => Of(text, isSubject: false);

    /// <summary>The same of a subject, where « panne » or “down” mean as much.</summary>
    public static Severity? OfSubject(ReadOnlySpan<char> subject) => Of(subject, isSubject: true);

    private static Severity? Of(ReadOnlySpan<char> text, bool isSubject)
    {
        Severity? worst = null;
        var sinceDenial = Reach;
        Span<char> word = stackalloc char[LongestWord];
        var at = 0;
        while (Next(text, ref at, word) is var length and >= 0)
        {
            var read = word[..length];
            // The 0 of job 100-0 denies nothing.
            if (DenialWords.Contains(read) && (at == length || text[at - length - 1] != '-'))
            {
                sinceDenial = -1;
            }
            else if (sinceDenial >= Reach && OverWords.Contains(read))
            {
                return Severity.Ok;
            }
            else if (sinceDenial >= Reach && isSubject && OutageWords.Contains(read))
            {
                worst = Severity.Critical;
            }
            else if (sinceDenial >= Reach && SeverityOf.TryGetValue(read, out var severity) && !IsZero(text[at..]) && !(severity <= worst))
            {
                worst = severity;
            }

            sinceDenial++;
        }
        return worst;
    }

    /// <summary>
    /// Of the lines without a secret: the first that reports a failure, else a warning, else the first that says anything: what a person would read out of a
    /// job's output.
    /// </summary>
    public static string? Telling(string text, int mostLines = 2000)
    {
        ReadOnlySpan<char> first = default, warning = default;
        foreach (var written in text.AsSpan().EnumerateLines())
        {
            if (mostLines-- == 0)
            {
                break;
            }

            var line = written.Trim();
            if (!Says(line))
            {
                continue;
            }

            var start = line.Length > Phrase.Longest ? line[..Phrase.Longest] : line;
            var severity = Of(start);
            var isTrouble = severity == Severity.Critical || severity is null && IsTrouble(start);
            if (!isTrouble && !(severity == Severity.Warning && warning.IsEmpty) && !first.IsEmpty || Phrase.LooksSecret(new string(start)))
            {
                continue;
            }

            if (isTrouble)
            {
                return new string(line);
            }

            if (severity == Severity.Warning && warning.IsEmpty)
            {
                warning = line;
            }

            if (first.IsEmpty)
            {
                first = line;
            }
        }
        return !warning.IsEmpty ? new string(warning) : !first.IsEmpty ? new string(first) : null;
    }

    private static bool IsTrouble(ReadOnlySpan<char> line)
    {
        Span<char> word = stackalloc char[LongestWord];
        var at = 0;
        while (Next(line, ref at, word) is var length and >= 0)
        {
            if (TroubleWords.Contains(word[..length]))
            {
                return true;
            }
        }

        return false;
    }

    // Rules, frames and headings of run-parts say nothing.
    private static bool Says(ReadOnlySpan<char> line)
    {
        if (line is ['/', .., ':'] || line.StartsWith("-----", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var c in line)
        {
            if (char.IsLetterOrDigit(c))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How long the name of something is that begins there: a file, a path, an address, an option, a quoted command; else 0.</summary>
    private static int NameAt(ReadOnlySpan<char> rest)
    {
        rest = rest.Length > LongestCommand ? rest[..LongestCommand] : rest;
        if (rest[0] is '"' or '`' or '\'' && rest[1..].IndexOf(rest[0]) is > 0 and var close
            && (rest[1..(close + 1)].Contains('/') || rest[1..(close + 1)].Contains(" -", StringComparison.Ordinal)))
        {
            return close + 2;
        }

        var end = rest.IndexOfAny(" \t\"`'") is >= 0 and var blank ? blank : rest.Length;
        var token = rest[..end].TrimEnd(".,;:!?)]}»>");
        return IsName(token) ? token.Length : 0;
    }

    private static bool IsName(ReadOnlySpan<char> token)
    {
        if (token.Length < 3)
        {
            return false;
        }

        if (token[0] is '/' or '~' || token.StartsWith("./", StringComparison.Ordinal) || token.StartsWith("../", StringComparison.Ordinal)
            || token.StartsWith("--", StringComparison.Ordinal) && char.IsLetter(token[2])
            || token.Contains("://", StringComparison.Ordinal) || token.Contains(":/", StringComparison.Ordinal) || token.Count('/') > 1)
        {
            return true;
        }

        var dot = token.LastIndexOf('.');
        return dot > 0 && dot < token.Length - 1 && token.Length - dot <= LongestExtension && char.IsLetterOrDigit(token[dot - 1])
            && !token[(dot + 1)..].ContainsAnyExceptInRange('a', 'z');
    }

    private static bool IsZero(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(" :=(s)\t");
        return !rest.IsEmpty && rest[0] == '0' && (rest.Length == 1 || !char.IsAsciiLetterOrDigit(rest[1]) && rest[1] != '.');
    }

    /// <summary>
    /// The next run of letters or digits in lower case without accents; its length, 0 where it is too long or the name of something, -1 at the end.
    /// </summary>
    private static int Next(ReadOnlySpan<char> text, ref int at, scoped Span<char> word)
    {
        while (at < text.Length)
        {
            if ((at == 0 || IsBetween(text[at - 1])) && NameAt(text[at..]) is > 0 and var named)
            {
                at += named;
                return 0;
            }

            if (char.IsLetterOrDigit(text[at]))
            {
                break;
            }

            at++;
        }

        if (at == text.Length)
        {
            return -1;
        }

        var start = at;
        while (at < text.Length && char.IsLetterOrDigit(text[at]))
        {
            at++;
        }

        var length = at - start;
        for (var i = 0; i < length && length <= word.Length; i++)
        {
            word[i] = Accents.Fold(text[start + i]);
        }

        return length <= word.Length ? length : 0;
    }

    private static bool IsBetween(char c) => c is '"' or '`' or '\'' or '(' or '[' or '=' or '«' || char.IsWhiteSpace(c);
}

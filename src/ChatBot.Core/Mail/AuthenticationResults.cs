namespace ChatBot.Core.Mail;

/// <summary>
/// Reads one Authentication-Results field by the grammar of RFC 8601 §2.2. Only <c>dkim=pass</c> with <c>header.d</c> and
/// <c>spf=pass</c> with
/// <c>smtp.mailfrom</c> count, and only where that domain is the author's own to the letter: no organisational domain, no DMARC verdict
/// that may rest on one. Whatever does not follow the grammar proves nothing.
/// </summary>
public static class AuthenticationResults
{
    /// <summary>Whether <paramref name="authservId"/> vouches that the mail comes from <paramref name="domain"/>.</summary>
    public static bool Passes(string value, string authservId, string domain)
    {
        var words = StructuredField.Words(value).FindAll(w => !w.IsComment);
        var end = words.FindIndex(w => w.Is(";"));
        if (domain.Length == 0 || end is not (1 or 2) || !words[0].Text.Equals(authservId, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (end == 2 && words[1].Text != "1")
        {
            return false;
        }

        return Split(words[(end + 1)..]).Any(r => IsPass(r, domain));
    }

    private static IEnumerable<List<StructuredField.Word>> Split(List<StructuredField.Word> words)
    {
        var result = new List<StructuredField.Word>();
        foreach (var word in words)
        {
            if (!word.Is(";"))
            {
                result.Add(word);
                continue;
            }
            yield return result;
            result = [];
        }
        yield return result;
    }

    /// <summary>
    /// A result is triples of a name, <c>=</c> and a value; the first names the method, the others its properties.
    /// </summary>
    private static bool IsPass(List<StructuredField.Word> words, string domain)
    {
        if (words.Count < 6 || words.Count % 3 != 0)
        {
            return false;
        }

        for (var i = 0; i < words.Count; i += 3)
        {
            if (words[i].IsQuoted || !words[i + 1].Is("="))
            {
                return false;
            }
        }

        if (!words[2].Is("pass"))
        {
            return false;
        }

        var property = words[0].Text.ToUpperInvariant() switch { "DKIM" => "header.d", "SPF" => "smtp.mailfrom", _ => null };
        var values = words.Where((w, i) => i % 3 == 2 && property is not null && words[i - 2].Is(property)).ToList();
        return values is [var only] && DomainIn(only.Text).Equals(domain, StringComparison.OrdinalIgnoreCase);
    }

    private static string DomainIn(string value) => value[(value.LastIndexOf('@') + 1)..];
}

namespace ChatBot.Core.Mail;

/// <summary>
/// One Authentication-Results field (RFC 8601). Only <c>dkim=pass</c> with <c>header.d</c> and <c>spf=pass</c> with
/// <c>smtp.mailfrom</c> count, and only where that domain is the author's own to the letter: no organisational domain, no DMARC verdict
/// that may rest on one.
/// </summary>
/// <param name="AuthservId">Which server wrote it.</param>
/// <param name="Results">In their order.</param>
public sealed record AuthenticationResults(string AuthservId, IReadOnlyList<AuthenticationResult> Results)
{
    /// <summary>A field that does not follow the grammar, or one of a later version: it proves nothing.</summary>
    public static AuthenticationResults Unreadable { get; } = new("", []);

    /// <summary>Whether a server vouches that the mail comes from a domain.</summary>
    /// <param name="authservId">The server.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="bySpf">Whether SPF counts: it proves a host, and so nothing of those who share it.</param>
    public bool Passes(string authservId, string domain, bool bySpf = true) =>
        domain.Length > 0
        && AuthservId.Equals(authservId, StringComparison.OrdinalIgnoreCase)
        && Results.Any(result => result.Passes(domain, bySpf));
}

/// <summary>What one method found.</summary>
/// <param name="Method">Such as <c>dkim</c>.</param>
/// <param name="Result">Such as <c>pass</c>.</param>
/// <param name="Properties">Such as <c>header.d</c> with a domain; one may be there twice.</param>
public sealed record AuthenticationResult(string Method, string Result, IReadOnlyList<(string Name, string Value)> Properties)
{
    internal bool Passes(string domain, bool bySpf)
    {
        var name = Method.ToUpperInvariant() switch { "DKIM" => "header.d", "SPF" when bySpf => "smtp.mailfrom", _ => null };
        return Result.Equals("pass", StringComparison.OrdinalIgnoreCase)
            && name is not null
            && Properties.Where(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList() is [var only]
            && only.Value[(only.Value.LastIndexOf('@') + 1)..].Equals(domain, StringComparison.OrdinalIgnoreCase);
    }
}

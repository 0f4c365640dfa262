using System.Globalization;

namespace ChatBot.Core.Mail;

/// <summary>
/// One DKIM-Signature field (RFC 6376 §3.5, RFC 8463) and the rules on it that need neither key nor body. They are narrower than the
/// specification's: it asks whether a domain takes responsibility, here it is asked who wrote every field that is read.
/// </summary>
public sealed record DkimSignature
{
    // Whoever signs signs once or twice; many are an attempt to keep us busy.
    private const int MostOfAuthor = 20;

    // The last of the year 9999.
    private const long LastSecond = 253402300800;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    // Somebody who adds or changes one of these in a mail that we sent them changes what is read in it.
    private static readonly string[] MustBeSigned = ["from", "subject", "date"];
    private static readonly string[] OrderMustSign = ["from", "subject", "date", "message-id"];
    private static readonly string[] MustBeSignedIfThere = ["content-type", "content-transfer-encoding", "content-disposition"];

    private string? _timestamp;
    private string? _expiry;
    private string? _identity;
    private bool _partOfBody;

    private DkimSignature()
    {
    }

    /// <summary><c>a=</c> in lower case.</summary>
    public required string Algorithm { get; init; }

    public required string Domain { get; init; }

    public required string Selector { get; init; }

    /// <summary>The hash of the body and the signature itself (<c>bh=</c>, <c>b=</c>), white space left out: no two mails share both.</summary>
    public required string Value { get; init; }

    /// <summary>The names of <c>h=</c> in lower case; a name stands there as often as it is signed.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Where the DNS holds the key (RFC 6376 §3.6.2.1).</summary>
    public string KeyName => $"{Selector}._domainkey.{Domain}";

    /// <summary>Null where it does not follow the grammar.</summary>
    public static DkimSignature? Parse(string value)
    {
        if (TagList.Read(value) is not { } tags || tags.GetValueOrDefault("v") != "1")
        {
            return null;
        }

        if (!tags.TryGetValue("a", out var algorithm) || !tags.TryGetValue("d", out var domain) || !tags.TryGetValue("s", out var selector)
            || !tags.TryGetValue("h", out var fields) || !tags.TryGetValue("b", out var made) || !tags.TryGetValue("bh", out var body))
        {
            return null;
        }

        if (!IsDomain(domain) || !IsDomain(selector) || tags.GetValueOrDefault("q", "dns/txt") != "dns/txt")
        {
            return null;
        }

        return new DkimSignature
        {
            Algorithm = algorithm.ToLowerInvariant(),
            Domain = domain,
            Selector = selector,
            Value = $"{body} {made}",
            Fields = fields.ToLowerInvariant().Split(':'),
            _timestamp = tags.GetValueOrDefault("t"),
            _expiry = tags.GetValueOrDefault("x"),
            _identity = tags.GetValueOrDefault("i"),
            _partOfBody = tags.ContainsKey("l"),
        };
    }

    /// <summary>The first rule it breaks, or null.</summary>
    /// <param name="authorDomain">What stands after <c>@</c> in From.</param>
    /// <param name="written">The names of all fields of the mail, each as often as it stands there.</param>
    /// <param name="date">The mail's Date.</param>
    /// <param name="arrived">When the mail came, by our own clocks: it may be read days later.</param>
    public DkimFlaw? Flaw(string authorDomain, IEnumerable<string> written, DateTimeOffset? date, DateTimeOffset arrived)
    {
        if (Algorithm is not ("rsa-sha256" or "ed25519-sha256"))
        {
            return DkimFlaw.UnknownAlgorithm;
        }

        if (_partOfBody)
        {
            return DkimFlaw.PartOfBody;
        }

        if (!Is(Domain, authorDomain) || (_identity is { } identity && !Is(identity[(identity.LastIndexOf('@') + 1)..], Domain)))
        {
            return DkimFlaw.OtherDomain;
        }

        if (TimeFlaw(arrived) is { } flaw)
        {
            return flaw;
        }

        if (!AreSigned(written.GroupBy(name => name.ToLowerInvariant()).ToDictionary(same => same.Key, same => same.Count())))
        {
            return DkimFlaw.FieldUnsigned;
        }

        return Authenticity.IsFresh(date, arrived) ? null : DkimFlaw.DateFarOff;
    }

    /// <summary>
    /// The first rule that it breaks as the proof of who asks for something by mail, or null. When it was made (<see cref="Made"/>) is left to whoever
    /// knows the window, and so are the fields of the content, which some providers never sign.
    /// </summary>
    /// <param name="author">The address in From, of the domain that signed or of one below it. Where the signature names whom it is for (<c>i=</c>), it is them.</param>
    /// <param name="written">The names of all fields of the mail, each as often as it stands there.</param>
    /// <param name="arrived">When the mail came, by our own clocks.</param>
    public DkimFlaw? OrderFlaw(string author, IEnumerable<string> written, DateTimeOffset arrived)
    {
        var authorDomain = author[(author.LastIndexOf('@') + 1)..];
        if (Algorithm is not ("rsa-sha256" or "ed25519-sha256"))
        {
            return DkimFlaw.UnknownAlgorithm;
        }

        if (!SpeaksFor(authorDomain) || (_identity is { } identity && !Is(identity, author) && !Is(identity, "@" + Domain) && !Is(identity, "@" + authorDomain)))
        {
            return DkimFlaw.OtherDomain;
        }

        if (_partOfBody)
        {
            return DkimFlaw.PartOfBody;
        }

        if ((_timestamp is not null && Made is null) || (_expiry is not null && !TryRead(_expiry, out _)))
        {
            return DkimFlaw.Malformed;
        }

        if (_expiry is not null && TryRead(_expiry, out var end) && end < (arrived - ClockSkew).ToUnixTimeSeconds())
        {
            return DkimFlaw.Expired;
        }

        var times = written.GroupBy(name => name.ToLowerInvariant()).ToDictionary(same => same.Key, same => same.Count());
        return OrderMustSign.All(name => times.GetValueOrDefault(name) == 1 && Fields.Contains(name))
            && (times.GetValueOrDefault("in-reply-to") is var answers && (answers == 0 || (answers == 1 && Fields.Contains("in-reply-to"))))
            ? null
            : DkimFlaw.FieldUnsigned;
    }

    /// <summary>When it was made (<c>t=</c>); null where it does not say.</summary>
    public DateTimeOffset? Made =>
        _timestamp is { } digits && TryRead(digits, out var seconds) && seconds < LastSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Whether it signs a field that stands in the mail as often as this, so that nobody has added one since.</summary>
    public bool Signs(string field, int times) => times <= 1 && Fields.Contains(field);

    /// <summary>Whether each field that says how to read the body is signed, or absent.</summary>
    public bool SignsContent(IReadOnlyCollection<string> written) => MustBeSignedIfThere.All(
        name => written.Count(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) is var times && (times == 0 || Signs(name, times)));

    // A domain of one label is nobody's to sign for.
    private bool SpeaksFor(string author) =>
        Is(Domain, author) || (Domain.Contains('.', StringComparison.Ordinal) && author.EndsWith("." + Domain, StringComparison.OrdinalIgnoreCase));

    /// <summary>Those of the author's very domain that follow the grammar.</summary>
    public static IEnumerable<DkimSignature> OfAuthor(Mail mail) => mail.Headers
        .Where(header => header.Name.Equals("DKIM-Signature", StringComparison.OrdinalIgnoreCase))
        .Take(MostOfAuthor)
        .Select(header => Parse(header.Value))
        .OfType<DkimSignature>()
        .Where(signature => Is(signature.Domain, mail.AuthorDomain));

    /// <summary>What is wrong with when it was made (<c>t=</c>) and when it ends (<c>x=</c>), or null; five minutes are forgiven.</summary>
    /// <param name="arrived">When the mail came, by our own clocks.</param>
    public DkimFlaw? TimeFlaw(DateTimeOffset arrived)
    {
        var (made, end) = (0L, long.MaxValue);
        if ((_timestamp is not null && !TryRead(_timestamp, out made)) || (_expiry is not null && !TryRead(_expiry, out end)) || end < made)
        {
            return DkimFlaw.Malformed;
        }

        if (made > (arrived + ClockSkew).ToUnixTimeSeconds())
        {
            return DkimFlaw.FromTheFuture;
        }

        return end < (arrived - ClockSkew).ToUnixTimeSeconds() ? DkimFlaw.Expired : null;
    }

    private bool AreSigned(Dictionary<string, int> written) =>
        MustBeSigned.All(name => written.GetValueOrDefault(name) == 1 && Fields.Contains(name))
        && MustBeSignedIfThere.All(name => written.GetValueOrDefault(name) is var times && (times == 0 || (times == 1 && Fields.Contains(name))));

    /// <summary>Seconds since 1970 of at most 12 digits (RFC 6376 §3.5).</summary>
    private static bool TryRead(string digits, out long seconds) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && digits.Length <= 12;

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool IsDomain(string text) => text.Length is > 0 and <= 200 && text.Split('.').All(label =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
}

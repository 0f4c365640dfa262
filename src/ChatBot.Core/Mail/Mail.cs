namespace ChatBot.Core.Mail;

/// <summary>
/// What one mail says of itself, decoded and bounded, with no diff in it. Nothing here is proved: see <see cref="Authenticity"/>.
/// </summary>
public sealed record Mail
{
    // Each format asks for several of them.
    private readonly MailHeader[] _headers = [];

    /// <summary>All header fields from the top down, those of the content (Content-Type and such) last, MIME words decoded, folding undone (RFC 5322 §2.2.3).</summary>
    public IReadOnlyList<MailHeader> Headers
    {
        get => _headers;
        init => _headers = value as MailHeader[] ?? [.. value];
    }

    /// <summary>The one author's address; null where From is absent, repeated, or names nobody or several.</summary>
    public string? FromAddress { get; init; }

    public string? FromName { get; init; }

    public string Subject { get; init; } = "";

    /// <summary>The subject without the tags that lists, sites and filters put before it: what people read of it.</summary>
    public string Title => SubjectTags.IsLost(Subject) ? LostTitle : SubjectTags.Behind(Subject);

    private const string LostTitle = "?";

    /// <summary>
    /// The first Date field with the sender's own offset; null where absent, unreadable or before 1990, as a clock that was never set has it. A
    /// sender may write any date.
    /// </summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The best text body, at most 256 KiB of it, lines ended by LF, cut where a diff begins.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether it was cut there.</summary>
    public bool IsCutAtDiff { get; init; }

    /// <summary>Whether it was cut there, or may have been elsewhere: an attachment is not read.</summary>
    public bool HoldsDiff => IsCutAtDiff || HasAttachments;

    public bool HasAttachments { get; init; }

    /// <summary>Whether the configuration lists the author as a monitor; that it came from there is not proved.</summary>
    public bool IsFromMonitor { get; init; }

    /// <summary>How many bytes, at least, were not read because the mail went past a bound; 0 where it is whole.</summary>
    public long Unread { get; init; }

    /// <summary>The header fields of the mail that a notice of non-delivery returns (RFC 6522 §4); empty for any other mail.</summary>
    public IReadOnlyList<MailHeader> Returned { get; init; } = [];

    /// <summary>Received fields from the top down, unfolded but not decoded (RFC 5321 §4.4).</summary>
    public IReadOnlyList<string> Received { get; init; } = [];

    /// <summary>Authentication-Results fields from the top down, those that cannot be read too.</summary>
    public IReadOnlyList<AuthenticationResults> AuthenticationResults { get; init; } = [];

    /// <summary>SHA-256, lower-case hexadecimal, of what makes two deliveries the same mail; see <see cref="MailIdentity"/>.</summary>
    public required string ContentHash { get; init; }

    /// <summary>What stands after <c>@</c> in the author's address; empty where there is none.</summary>
    public string AuthorDomain => FromAddress is { } address ? address[(address.LastIndexOf('@') + 1)..] : "";

    /// <summary>The first field of that name without regard to case, or null.</summary>
    public string? Header(string name)
    {
        foreach (var header in _headers)
        {
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }

    public int Count(string name) => _headers.Count(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One header field: name as written, value decoded and unfolded.</summary>
public readonly record struct MailHeader(string Name, string Value);

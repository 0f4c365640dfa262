using System.Globalization;
using System.Net;

namespace ChatBot.Core.Mail;

/// <summary>
/// What one Received field (RFC 5321 §4.4) says, as Postfix, Exim, OpenSMTPD and Dovecot word it. The name after <c>from</c> is
/// what the
/// client called itself and counts for nothing; the address the server saw does.
/// </summary>
public sealed record ReceivedField
{
    private const string PostfixUser = "Postfix, from userid ";
    private const string SendmailUser = "from ";
    private const string EximHelo = "helo=";

    private static readonly string[] TimeForms = ["ddd, d MMM yyyy HH:mm:ss zzz", "d MMM yyyy HH:mm:ss zzz"];

    /// <summary>The host that wrote the field.</summary>
    public required string By { get; init; }

    /// <summary>The client's address as the server saw it, IPv4 in IPv6 undone; null where there is none.</summary>
    public IPAddress? Client { get; private init; }

    /// <summary>What one sender usually has at will of addresses: the network of the client, 24 bits of IPv4 or 48 of IPv6; null where there is no client.</summary>
    public string? ClientNetwork => Client?.GetAddressBytes() is { } bytes ? Convert.ToHexString(bytes, 0, bytes.Length == 4 ? 3 : 6) : null;

    /// <summary>Whether a program on the host itself handed the mail over.</summary>
    public bool IsLocalSubmission { get; private init; }

    /// <summary>The account that handed it over, where Postfix tells; null elsewhere.</summary>
    public int? UserId { get; private init; }

    /// <summary>Whether the client proved who it is (RFC 3848: ESMTPA, ESMTPSA), as a person's does.</summary>
    public bool IsAuthenticated { get; private init; }

    /// <summary>
    /// The account of that program, by name or number as the host writes it; null where it does not (OpenSMTPD), and for what came by network.
    /// </summary>
    public string? LocalUser { get; private init; }

    /// <summary>
    /// Whether it is a delivery into a mailbox (LMTP, RFC 2033), which says nothing of where the mail came from.
    /// </summary>
    public bool IsLmtp { get; private init; }

    /// <summary>Under which identifier the host queued the mail; null where it names none.</summary>
    public string? Id { get; private init; }

    /// <summary>When the host took the mail, by its clock; null where that cannot be read.</summary>
    public DateTimeOffset? At { get; private init; }

    /// <summary>Whether the host received the mail from itself, so that the field below may say more.</summary>
    public bool IsOwnHandOver => IsLmtp || (Client is { } client && IPAddress.IsLoopback(client));

    /// <summary>
    /// The topmost field of a mail where our MX wrote it, deliveries into the mailbox left out: the sender can invent neither it nor its time.
    /// Null where the topmost one is another host's.
    /// </summary>
    public static ReceivedField? OfOurMx(Mail mail, string? mx)
    {
        foreach (var value in mail.Received)
        {
            if (Parse(value) is not { } hop || !hop.By.Equals(mx, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            if (!hop.IsLmtp)
            {
                return hop;
            }
        }

        return null;
    }

    /// <summary>Null where the field names no host after <c>by</c>.</summary>
    public static ReceivedField? Parse(string value)
    {
        var words = StructuredField.Words(value);
        var by = words.FindIndex(w => w.Is("by"));
        if (by < 0 || by + 1 >= words.Count || words[by + 1].IsComment)
        {
            return null;
        }

        var protocol = ProtocolAfter(words, by);
        var comesFrom = words[0].Is("from");
        var isLocal = IsLocal(words, by, comesFrom, protocol);
        return new ReceivedField
        {
            By = words[by + 1].Text,
            IsLmtp = protocol.StartsWith("LMTP", StringComparison.OrdinalIgnoreCase),
            Client = comesFrom ? ClientIn(words, by) : null,
            IsAuthenticated = protocol.StartsWith("ESMTP", StringComparison.OrdinalIgnoreCase) && protocol.EndsWith('A'),
            UserId = !comesFrom && by == 0 && by + 2 < words.Count && words[by + 2].IsComment ? PostfixUserId(words[by + 2].Text) : null,
            IsLocalSubmission = isLocal,
            LocalUser = isLocal ? UserIn(words, by, comesFrom) : null,
            Id = IdAfter(words, by),
            At = TimeIn(value),
        };
    }

    private static string? IdAfter(List<StructuredField.Word> words, int by)
    {
        var id = words.FindIndex(by, word => word.Is("id"));
        return id >= 0 && id + 1 < words.Count && words[id + 1] is { IsComment: false, Text: not ";" and var text } ? text : null;
    }

    /// <summary>After the last semicolon, the comment left out (RFC 5322 §3.3).</summary>
    private static DateTimeOffset? TimeIn(string value)
    {
        var written = value.AsSpan(value.LastIndexOf(';') + 1);
        if (written.IndexOf('(') is >= 0 and var comment)
        {
            written = written[..comment];
        }

        return DateTimeOffset.TryParseExact(
            written, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var time) ? time : null;
    }

    private static string ProtocolAfter(List<StructuredField.Word> words, int by)
    {
        var with = words.FindIndex(by, w => w.Is("with"));
        return with >= 0 && with + 1 < words.Count ? words[with + 1].Text : "";
    }

    /// <summary>
    /// Postfix: <c>by HOST (Postfix, from userid 0)</c>. Exim: <c>from USER by HOST with local</c>. OpenSMTPD: <c>from localhost (HOST
    /// [local])</c>. sendmail: <c>(from USER@localhost) by HOST (8.17/8.17/Submit)</c>.
    /// </summary>
    private static bool IsLocal(List<StructuredField.Word> words, int by, bool comesFrom, string protocol)
    {
        var byComment = by + 2 < words.Count && words[by + 2].IsComment ? words[by + 2].Text : "";
        if (!comesFrom)
        {
            return (by == 0 && PostfixUserId(byComment) is not null) || (by == 1 && IsSendmailSubmission(words[0], byComment));
        }

        return protocol.Equals("local", StringComparison.Ordinal)
            || (byComment.Equals("OpenSMTPD", StringComparison.Ordinal) && by == 3 && words[2].IsComment
                && words[2].Text.EndsWith(" [local]", StringComparison.Ordinal));
    }

    private static string? UserIn(List<StructuredField.Word> words, int by, bool comesFrom)
    {
        if (!comesFrom)
        {
            return by == 0 ? words[by + 2].Text[PostfixUser.Length..] : words[0].Text[SendmailUser.Length..].Split('@')[0];
        }

        return by == 2 && !words[1].IsComment ? words[1].Text : null;
    }

    private static bool IsSendmailSubmission(StructuredField.Word first, string byComment) =>
        first.IsComment && first.Text.StartsWith(SendmailUser, StringComparison.Ordinal) && byComment.EndsWith("/Submit", StringComparison.Ordinal);

    private static int? PostfixUserId(string comment)
    {
        if (!comment.StartsWith(PostfixUser, StringComparison.Ordinal) || comment.Length == PostfixUser.Length
            || comment.AsSpan(PostfixUser.Length).IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return null;
        }

        return int.TryParse(comment.AsSpan(PostfixUser.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? user : int.MaxValue;
    }

    /// <summary>
    /// <c>from HELO (rdns [ip])</c> and Exim's <c>([ip] helo=HELO)</c>; where that comment holds no address but Exim's <c>(helo=HELO)</c>,
    /// the name itself is what Exim saw: <c>from [ip] (helo=HELO)</c>. The HELO is the client's to invent, and so may be any further
    /// comment: of two addresses in brackets none counts.
    /// </summary>
    private static IPAddress? ClientIn(List<StructuredField.Word> words, int by)
    {
        if (by < 3 || words[1].IsComment || !words[2].IsComment || words.Where(word => word.IsComment).Sum(word => Brackets(word.Text)) > 1)
        {
            return null;
        }

        var comment = words[2].Text;
        if (comment.StartsWith(EximHelo, StringComparison.OrdinalIgnoreCase))
        {
            return Address(words[1].Text);
        }

        return comment.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [['[', ..] address, ..] => Address(address),
            [var name, ['[', ..] address, ..] when !IsGreeting(name) => Address(address),
            _ => null,
        };
    }

    // Without Exim's note of the HELO, which may be an address.
    private static int Brackets(string comment) => comment.Split(' ')
        .Where(part => !part.StartsWith(EximHelo, StringComparison.OrdinalIgnoreCase))
        .Sum(part => part.AsSpan().Count('['));

    // qmail: (HELO name)
    private static bool IsGreeting(string word) =>
        word.Equals("HELO", StringComparison.OrdinalIgnoreCase) || word.Equals("EHLO", StringComparison.OrdinalIgnoreCase);

    private static IPAddress? Address(string bracketed)
    {
        var end = bracketed.IndexOf(']', StringComparison.Ordinal);
        if (end < 0 || bracketed[0] != '[')
        {
            return null;
        }

        var text = bracketed[1..end];
        if (text.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase))
        {
            text = text[5..];
        }

        if (!IPAddress.TryParse(text, out var address))
        {
            return null;
        }

        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}

using ChatBot.Core.Text;

namespace ChatBot.Core.Mail;

/// <summary>
/// A mail that the bot writes, as its row of the outbox keeps it; where it goes is the row's target, see <see cref="MailTarget"/>.
/// What the delivery adds is the same for all: From, Date, Message-ID and what tells machines that a machine wrote it.
/// </summary>
/// <param name="Subject">One line.</param>
/// <param name="Paragraphs">Its text: a paragraph each, which mail programs wrap as they like (RFC 3676); an empty one is an empty line.</param>
public sealed record OutgoingMail(RootText Subject, IReadOnlyList<RootText> Paragraphs)
{
    private const string InReplyToField = "in-reply-to";
    private const string ReferenceField = "reference";
    private const string RepliesField = "replies";
    private const string AddressField = "address";
    private const string EncryptField = "encrypt";

    /// <summary>What it answers, with its angle brackets; null where it begins a thread.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>What it belongs to, the oldest first, as <see cref="InReplyTo"/>.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Whether it answers one mail of somebody (<c>auto-replied</c>), and not an event (<c>auto-generated</c>; RFC 3834 §5).</summary>
    public bool IsReply { get; init; }

    /// <summary>Which of a person's addresses; null for the first. One that the people file no longer gives them gets nothing: their first does.</summary>
    public string? Address { get; init; }

    /// <summary>Whether it may leave only encrypted to the OpenPGP keys of the person it is for.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>As the outbox keeps it: fields, each after a tab, then the subject, then the paragraphs, a line each.</summary>
    public string Write()
    {
        var fields = new List<(string Name, string Value)>();
        if (InReplyTo is { } answered)
        {
            fields.Add((InReplyToField, answered));
        }

        fields.AddRange(References.Select(reference => (ReferenceField, reference)));
        if (Address is { } address)
        {
            fields.Add((AddressField, address));
        }

        fields.AddRange(IsReply ? [(RepliesField, "")] : []);
        fields.AddRange(IsEncrypted ? [(EncryptField, "")] : []);
        var lines = fields.Select(field => $"\t{field.Name} {Cleaner.CleanLine(field.Value)}").Append(Subject.Value).Concat(Paragraphs.Select(one => one.Value));
        return string.Join('\n', lines);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; fields of a later version are skipped.</summary>
    public static OutgoingMail Read(string payload)
    {
        var lines = payload.TrimEnd('\n').Split('\n');
        var fields = lines.TakeWhile(line => line.StartsWith('\t')).Select(line => line[1..].Split(' ', 2)).ToList();
        var rest = lines.Skip(fields.Count).Select(line => RootText.Composed(line, int.MaxValue)).ToList();
        return new OutgoingMail(rest is [var subject, ..] ? subject : default, [.. rest.Skip(1)])
        {
            InReplyTo = Value(InReplyToField),
            References = [.. fields.Where(field => field[0] == ReferenceField).Select(field => field[^1])],
            Address = Value(AddressField),
            IsReply = Value(RepliesField) is not null,
            IsEncrypted = Value(EncryptField) is not null,
        };

        string? Value(string name) => fields.Find(field => field[0] == name)?[^1];
    }
}

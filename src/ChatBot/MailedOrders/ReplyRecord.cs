using System.Globalization;
using ChatBot.Storage;

namespace ChatBot.MailedOrders;

/// <summary>What is kept of a mail that a DKIM signature vouches for, until it is carried out: nothing of it but what its author wrote.</summary>
/// <param name="Domain">That signed it.</param>
/// <param name="Date">Of the mail, signed.</param>
/// <param name="SignedAt">By the signature.</param>
/// <param name="Incidents">In whose thread it answers.</param>
/// <param name="Lines">Its author's.</param>
internal sealed record ReplyRecord(string Domain, DateTimeOffset Date, DateTimeOffset SignedAt, IReadOnlyList<long> Incidents, IReadOnlyList<string> Lines)
{
    // No Base64 text begins so.
    private const string Begin = "\tdkim ";
    private const char Separator = ' ';

    public string Write() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Begin}{Domain} {Moment.Store(Date)} {Moment.Store(SignedAt)} {string.Join(',', Incidents)}\n{string.Join('\n', Lines)}").Replace("\0", "", StringComparison.Ordinal);

    /// <summary>Null for anything but what <see cref="Write"/> wrote.</summary>
    public static ReplyRecord? Read(string content)
    {
        if (!content.StartsWith(Begin, StringComparison.Ordinal) || content.Split('\n') is not [var head, .. var lines] || head[Begin.Length..].Split(Separator) is not [var domain, var date, var signed, var numbers])
        {
            return null;
        }

        return new ReplyRecord(
            domain, At(date), At(signed), [.. numbers.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(one => long.Parse(one, CultureInfo.InvariantCulture))], lines);

        static DateTimeOffset At(string written) => Moment.Read(long.Parse(written, CultureInfo.InvariantCulture));
    }
}

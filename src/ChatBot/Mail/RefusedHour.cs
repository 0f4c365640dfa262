using System.Globalization;
using ChatBot.Core.Mail;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>What an hour heard of refused mails, in the words in which it is stored.</summary>
/// <param name="Began">Null where none was refused lately.</param>
/// <param name="Said">Of which the root group has heard: reason and sender.</param>
/// <param name="Again">Of those, the ones that came again and were counted.</param>
/// <param name="Counts">Those that were only counted, by reason; no reason where this version does not know it.</param>
internal sealed record RefusedHour(
    DateTimeOffset? Began,
    IReadOnlyList<(Verdict Verdict, string Sender)> Said,
    IReadOnlyList<(Verdict Verdict, string Sender)> Again,
    IReadOnlyList<(Verdict? Verdict, long Count)> Counts)
{
    public static readonly RefusedHour Empty = new(null, [], [], []);

    private const string Unknown = "unknown";
    private const string OfSaid = "said";
    private const string OfAgain = "again";
    private const string OfCount = "count";

    private static readonly TimeSpan Length = TimeSpan.FromHours(1);

    public RefusedHour With(Verdict verdict, string sender, long count) => this with
    {
        Again = Said.Contains((verdict, sender)) && !Again.Contains((verdict, sender)) ? [.. Again, (verdict, sender)] : Again,
        Counts =
        [
            .. Counts.Where(one => one.Verdict != verdict),
            (verdict, Counts.Where(one => one.Verdict == verdict).Sum(one => one.Count) + count),
        ],
    };

    // A clock that was put back must not make an hour of a year.
    public bool HasEnded(DateTimeOffset now) => Began is not { } began || now < began || now - began >= Length;

    /// <summary>Null where there is nothing to announce.</summary>
    public TimeSpan? DueIn(DateTimeOffset now) =>
        Counts.Count == 0 ? null : HasEnded(now) ? TimeSpan.Zero : Began!.Value + Length - now;

    public string Store() => string.Join('\n',
    [
        string.Create(CultureInfo.InvariantCulture, $"{Moment.Store(Began) ?? -1}"),
        .. Said.Select(one => $"{OfSaid} {one.Verdict.Word()} {one.Sender}"),
        .. Again.Select(one => $"{OfAgain} {one.Verdict.Word()} {one.Sender}"),
        .. Counts.Select(one => string.Create(CultureInfo.InvariantCulture, $"{OfCount} {one.Verdict?.Word() ?? Unknown} {one.Count}")),
    ]);

    /// <summary>Reads the words of earlier versions too: <c>BEGAN COUNT REASON MACHINE</c>.</summary>
    public static RefusedHour Of(string stored)
    {
        var lines = stored.Split('\n').Select(line => line.Split(' ', 4)).ToList();
        if (!long.TryParse(lines[0][0], CultureInfo.InvariantCulture, out var at))
        {
            return Empty;
        }

        DateTimeOffset? began = at < 0 ? null : Moment.Read(at);
        if (lines[0] is [_, var all, var reason, ..])
        {
            return new RefusedHour(began, [], [], Number(all) is > 0 and var count ? [(Refusal(reason), count)] : []);
        }

        return new RefusedHour(
            began,
            Senders(lines, OfSaid),
            Senders(lines, OfAgain),
            [.. lines.Where(line => line is [OfCount, _, _]).Select(line => (Refusal(line[1]), Number(line[2])))]);
    }

    private static List<(Verdict Verdict, string Sender)> Senders(List<string[]> lines, string of) =>
    [
        .. lines.Where(line => line is [_, _, _] && line[0] == of && Refusal(line[1]) is not null).Select(line => (Refusal(line[1])!.Value, line[2])),
    ];

    private static long Number(string written) => long.TryParse(written, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static Verdict? Refusal(string word) => Verdicts.Parse(word) is { } verdict && !verdict.MayAct() ? verdict : null;
}

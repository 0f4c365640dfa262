using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>What is to be done on machines: the empty boxes in their changelogs.</summary>
public sealed class TodoCommand(IChangelog changelog) : ICommand
{
    private const int Looked = 2000;
    private const int InPrivate = 10;
    private const int LongestPoint = 300;

    private static readonly Sentence3 Point = new("[{0}] {1} — noted {2}", "[{0}] {1} — noté {2}");
    private static readonly Sentence2 WithDue = new("{0}, due {1}", "{0}, pour {1}");
    private static readonly Sentence2 Overdue = new("{0}, {1} overdue", "{0}, en retard de {1}");
    private static readonly Sentence2 AndMore = new("{0} · and {1} more", "{0} · et {1} de plus");
    private static readonly Sentence Nothing = new("nothing to do in the changelogs", "rien à faire dans les changelogs");

    // Said whether there is one for the root group or not.
    private static readonly Sentence NothingToRead = new(
        "nothing to do that everybody may read; the root group reads its own in its channel",
        "rien à faire que tout le monde puisse lire ; le groupe root lit le reste sur son canal");

    public CommandHelp Help { get; } = new()
    {
        Names = ["todo", "afaire"],
        Arguments = new("[machine]", "[machine]"),
        Summary = new("what is to be done: “- [ ] …” in changelogs", "ce qui est à faire : « - [ ] … » dans les changelogs"),
        AsksWho = true,
        ByMail = ByMail.Acknowledge,
        Topic = HelpTopic.Writing,
        Examples =
        [
            new("todo", "[coordsud] doubler le DNS avant demain — noté aujourd'hui"),
            new("afaire coordsud", "[coordsud] doubler le DNS avant demain"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var asked = MachineWords.Of(call.Names, call.Context.Inventory, []);
        if (asked.Unknown.Count > 0)
        {
            return Answers.UnknownMachine(call, asked.Unknown[0]);
        }

        var points = await changelog.OpenPointsAsync(Looked, cancellationToken);
        var lines = points.Where(point => asked.Covers(point.Machine.Value))
            .Select(point => (Point: point, Due: TypedDue.Read(point.Text.Text.Value, Day(call, point.At))))
            .OrderByDescending(one => Late(call, one.Due)).ThenBy(one => one.Point.At)
            .Select(one => Words(call, one.Point, one.Due))
            .Where(line => line.For(call.Audience) is not null)
            .ToList();
        if (lines.Count == 0)
        {
            return call.Phrases.Public(call.Audience == Audience.Root ? Nothing : NothingToRead);
        }

        var shown = lines.Take(call.IsPrivate ? InPrivate : CommandCall.LinesInChannel).ToList();
        if (lines.Count > shown.Count)
        {
            var more = lines.Count - shown.Count;
            shown[^1] = call.Phrases.Say(AndMore, shown[^1], points.Count < Looked ? (PublicText)more : PublicText.Declared($"≥ {more}"));
        }

        return Reply.Of(shown);
    }

    // In days, 0 where it is not overdue.
    private static int Late(CommandCall call, DateOnly? due) => due is { } day ? Math.Max(0, Day(call, call.Now).DayNumber - day.DayNumber) : 0;

    private static DateOnly Day(CommandCall call, DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, call.Phrases.TimeZone).DateTime);

    private static Line Words(CommandCall call, OpenPoint point, DateOnly? due)
    {
        var (phrases, text) = (call.Phrases, point.Text.Text.Value);
        var line = phrases.Say(Point, point.Machine, point.Text with { Text = new RootText(text, LongestPoint) }, phrases.Date(point.At, call.Now));

        // “avant le 20/11” is of the year in which it was noted, or the next.
        if (due is { } day && day.Year != Day(call, call.Now).Year && !text.Contains($"{day.Year}", StringComparison.Ordinal))
        {
            var noon = day.ToDateTime(new TimeOnly(12, 0));
            line = phrases.Say(WithDue, line, phrases.Date(new DateTimeOffset(noon, phrases.TimeZone.GetUtcOffset(noon)), call.Now));
        }

        var late = Late(call, due);
        return late == 0 ? line : phrases.Say(Overdue, line, phrases.Duration(TimeSpan.FromDays(late)));
    }
}

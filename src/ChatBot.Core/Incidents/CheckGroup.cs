using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>
/// Incidents that are named together: those of one service whose checks have names, as one; every other incident by itself.
/// </summary>
internal sealed class CheckGroup
{
    // Of more checks, or numbers that are not in a row, the others are counted.
    private const int Named = 4;

    private readonly IReadOnlyList<Member> _members;

    private CheckGroup(IEnumerable<Member> members) => _members = [.. members.OrderBy(one => one.State.Rank()).ThenBy(one => Math.Abs(one.Number))];

    public int Count => _members.Count;

    /// <summary>In the order of the first of each.</summary>
    public static IReadOnlyList<CheckGroup> Of(IEnumerable<Incident> incidents) => Grouped(incidents.Select(one => new Member(
        one.Number, one.Service, one.State, one.Part.Public is { } name ? name : one.Part.Name.IsEmpty ? default(Line?) : (Line)one.Part.Name)
    {
        Said = one,
    }));

    /// <summary>The same, of names that anybody may read.</summary>
    public static IReadOnlyList<CheckGroup> Of(IEnumerable<IncidentFact> incidents) => Grouped(incidents.Select(one => new Member(
        one.Number, one.Service, one.State, one.Part is { } name ? name : default(Line?))));

    /// <summary>
    /// “DiskFull CRITICAL (/home, /srv WARNING)”: the gravest state, and that of each where it is another; to the root group with what each printed,
    /// “Disk usage CRITICAL (/var : 99.00 ; /home WARNING : 93.00)”.
    /// </summary>
    /// <param name="phrases">The group's language.</param>
    /// <param name="output">How much of what the checks printed together, in UTF-16 units; 0 for none.</param>
    public Line What(Phrasebook phrases, int output = 0)
    {
        var state = _members[0].State;
        var what = phrases.Say(CheckText.Of(_members[0].Service, state));
        var each = output / Math.Min(_members.Count, Named);
        var ofPublic = Parenthesis(phrases, ", ", [.. _members.Select(one => one.InPublic(state)).OfType<Line>()]);
        var said = _members.Select(one => one.InRoot(phrases, state, each)).OfType<Line>().ToList();
        var ofRoot = Parenthesis(phrases, output > 0 && _members.Count > 1 ? phrases.Semicolon : ", ", said);
        return new Line(what.Public is null ? null : With(phrases, what, ofPublic).Public, With(phrases, what, ofRoot).Root);
    }

    /// <summary>“#1, #2” in the order of the names, or “#1–#60”.</summary>
    public PublicText Numbers(Phrasebook phrases)
    {
        if (_members.Any(one => one.Number == 0))
        {
            return PublicText.Declared("#?");
        }

        if (_members.Count <= Named)
        {
            return PublicText.Declared(string.Join(", ", _members.Select(one => $"#{one.Number}")));
        }

        var ranges = NumberRanges.Of(_members.Select(one => one.Number)).Split(", ");
        var first = PublicText.Declared(string.Join(", ", ranges.Take(Named)));
        return ranges.Length <= Named ? first : phrases.Public(Sentences.ListAndMore, first, ranges.Length - Named);
    }

    /// <summary>“DiskFull CRITICAL (/home, /srv) #1, #2”, “POP3 CRITICAL (Connection refused) #3”.</summary>
    /// <param name="phrases">The group's language.</param>
    /// <param name="output">How much of what a check alone printed the root group reads, in UTF-16 units.</param>
    public Line Numbered(Phrasebook phrases, int output = 0)
    {
        return Line.Join(" ", [What(phrases, output), Numbers(phrases)]);
    }

    private static List<CheckGroup> Grouped(IEnumerable<Member> members) => members
        .Select((member, i) => (Member: member, Alone: member.Name is null ? i : -1))
        .GroupBy(one => (one.Member.Service, one.Alone), one => one.Member)
        .Select(group => new CheckGroup(group))
        .ToList();

    private static Line With(Phrasebook phrases, Line what, Line? names) =>
        names is { } list ? Line.Join(" ", [what, phrases.Say(Sentences.InParentheses, list)]) : what;

    private static Line? Parenthesis(Phrasebook phrases, string separator, List<Line> names)
    {
        var distinct = names.Distinct().ToList();
        var list = Line.Join(separator, distinct.Take(Named));
        return distinct.Count == 0 ? null : distinct.Count <= Named ? list : phrases.Say(Sentences.ListAndMore, list, (PublicText)(distinct.Count - Named));
    }

    private sealed record Member(long Number, Name? Service, CheckState State, Line? Name)
    {
        // The incident, where it is known with what its check printed.
        public Incident? Said { get; init; }

        // A part shows its state where the group has another. A part without a public name shows its number.
        public Line? InPublic(CheckState gravest) => State == gravest ? Name is { Public: { } name } ? name : default(Line?)
            : Line.Join(" ", [Name?.Public ?? PublicText.Declared($"#{Number}"), PublicText.State(State.Word())]);

        public Line? InRoot(Phrasebook phrases, CheckState gravest, int output)
        {
            var said = output > 0 && Said is { } incident ? CheckOutput.Of(incident, output) : null;
            var name = State == gravest || Name is null ? Name : Line.Join(" ", [Name.Value, PublicText.State(State.Word())]);
            return (name, said) switch
            {
                ({ } known, { } words) => phrases.Say(Sentences.Says, known, words).ForRootAlone,
                (null, { } words) => words,
                _ => name?.ForRootAlone,
            };
        }
    }
}

using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>
/// Incidents whose names an audience reads as those of another, because what tells them apart is not for it or has no name. Beside an end or an
/// acknowledgement it must read which of them goes on.
/// </summary>
/// <param name="phrases">The group's language, and which names anybody may read.</param>
public sealed class Lookalikes(Phrasebook phrases)
{
    // Of more ranges than these the line names the first and the last number.
    private const int NamedRanges = 6;

    // Line, numbers, count.
    private static readonly Sentence3 StillOpen = new("{0} ({1} {2:is|are} still open)", "{0} ({1} {2:reste|restent} ouvert{2:|s})");

    // Line, numbers.
    private static readonly Sentence2 Unacknowledged = new("{0} (nobody has {1})", "{0} (personne n'a pris {1})");

    private static readonly Sentence3 FromTo = new("{0} incident{0:|s} from #{1} to #{2}", "{0} incident{0:|s} de #{1} à #{2}");

    /// <summary>“… — #62 (#61 reste ouvert)”; the line as it is where nothing goes on that could be meant.</summary>
    /// <param name="line">About an end or an acknowledgement.</param>
    /// <param name="told">Those it is about, as they are now.</param>
    /// <param name="open">What is open now, of the same machines at least.</param>
    /// <param name="isOfMachines">The line names nothing but machines.</param>
    public Line Beside(Line line, IReadOnlyList<Incident> told, IReadOnlyList<Incident> open, bool isOfMachines = false)
    {
        var ended = told.Where(one => !one.IsOpen).ToList();
        var about = ended.Count > 0 ? ended : [.. told];
        var left = open.Where(other => other.IsOpen && (ended.Count > 0 || other.Acknowledgement is null) && !told.Any(one => one.Number == other.Number)).ToList();
        var forPublic = left.FindAll(other => about.Exists(one => isOfMachines ? IsPublic(other) && Machine(one) == Machine(other) : LookAlike(one, other)));
        var forRoot = left.FindAll(other => about.Exists(one => isOfMachines ? one.Machine == other.Machine : AreCalledAlike(one, other)));
        return Said(line, forRoot, ended.Count > 0) with { Public = Said(line, forPublic, ended.Count > 0).Public };
    }

    /// <summary>The open ones that the public does not tell from one.</summary>
    public IReadOnlyList<long> Of(Incident incident, IEnumerable<Incident> open) =>
        [.. open.Where(other => other.IsOpen && other.Number != incident.Number && LookAlike(incident, other)).Select(other => other.Number)];

    /// <summary>Whether the public reads the name itself, where it reads anything: what is not named so reads like others of its kind.</summary>
    public bool IsNamed(Name name) => name.IsForRoot || phrases.Say(name).For(Audience.Public) == name.Value;

    /// <summary>“… (#61 reste ouvert)”.</summary>
    public Line StillOpenBeside(Line line, IReadOnlyList<long> numbers) =>
        numbers.Count == 0 ? line : phrases.Say(StillOpen, line, Numbers(phrases, numbers), numbers.Count);

    /// <summary>“#41–#70, #72”, or the first and the last of many that are not in a row.</summary>
    public static PublicText Numbers(Phrasebook phrases, IReadOnlyList<long> numbers)
    {
        var ranges = NumberRanges.Of(numbers);
        return ranges.Split(", ").Length <= NamedRanges
            ? PublicText.Declared(ranges)
            : phrases.Public(FromTo, numbers.Count, numbers.Min(), numbers.Max());
    }

    private Line Said(Line line, List<Incident> others, bool isEnd) => others.Count == 0 ? line
        : isEnd ? StillOpenBeside(line, others.ConvertAll(one => one.Number))
        : phrases.Say(Unacknowledged, line, Numbers(phrases, others.ConvertAll(one => one.Number)));

    // A line without a part reads as all of the service.
    private bool LookAlike(Incident told, Incident other) => IsPublic(other)
        && Machine(told) == Machine(other) && Service(told) == Service(other)
        && (told.Part.Public is null || told.Part.Public == other.Part.Public);

    private static bool AreCalledAlike(Incident told, Incident other) => told.Machine == other.Machine && told.Service == other.Service
        && (told.Part.Name.IsEmpty || told.Part.Name.Value == other.Part.Name.Value);

    private static bool IsPublic(Incident incident) => incident is { Machine.IsForRoot: false, Service: null or { IsForRoot: false } };

    private string? Machine(Incident incident) => phrases.Say(incident.Machine).For(Audience.Public);

    private string? Service(Incident incident) => incident.Service is { } service ? phrases.Say(service).For(Audience.Public) : null;
}


using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>What a mute or an intervention kept from the channel: every alert has either recovered or is still open.</summary>
/// <param name="Ended">How many began and ended meanwhile.</param>
/// <param name="Open">Those still open of which the channel does not know, or knows another state.</param>
public sealed record SuppressedSummary(int Ended, IReadOnlyList<Incident> Open)
{
    // Of more the others are counted.
    private const int Named = 8;

    private static readonly Sentence Nothing = new("no alert suppressed", "aucune alerte masquée");
    private static readonly Sentence1 AllEnded = new(
        "{0} alert{0:|s} suppressed, {0:|all }recovered", "{0} alerte{0:|s} masquée{0:|s}, {0:|toutes }terminée{0:|s}");

    private static readonly Sentence2 AllOpen = new(
        "{0} alert{0:|s} suppressed, still open: {1}", "{0} alerte{0:|s} masquée{0:|s}, encore ouverte{0:|s} : {1}");

    private static readonly Sentence4 Some = new(
        "{0} alert{0:|s} suppressed, {1} recovered, {2} still open: {3}",
        "{0} alerte{0:|s} masquée{0:|s}, {1} terminée{1:|s}, {2} encore ouverte{2:|s} : {3}");

    /// <summary>“7 alertes masquées, 5 terminées, 2 encore ouvertes : POP3 CRITICAL #45, …”.</summary>
    /// <param name="phrases">The group's language.</param>
    /// <param name="withMachine">Whether each is named with its machine.</param>
    public Line Text(Phrasebook phrases, bool withMachine)
    {
        PublicText all = Ended + Open.Count;
        var open = IncidentText.Numbered(phrases, IncidentText.WorstFirst(Open).ToList(), Named, withMachine);
        return (Ended, Open.Count) switch
        {
            (0, 0) => phrases.Say(Nothing),
            (_, 0) => phrases.Say(AllEnded, all),
            (0, _) => phrases.Say(AllOpen, all, open),
            _ => phrases.Say(Some, all, Ended, Open.Count, open),
        };
    }
}

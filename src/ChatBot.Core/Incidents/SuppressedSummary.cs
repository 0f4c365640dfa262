
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>What a mute or an intervention kept from the channel: every alert is either over or still open.</summary>
/// <param name="Ended">How many began and ended meanwhile.</param>
/// <param name="Open">Those still open of which the channel does not know, or knows another state.</param>
public sealed record SuppressedSummary(int Ended, IReadOnlyList<Incident> Open)
{
    // Of more the others are counted.
    private const int Named = 8;

    private static readonly Sentence Nothing = new("nothing was hidden", "rien n'a été tu");
    private static readonly Sentence OneOver = new("1 alert hidden, over", "1 alerte passée sous silence, terminée");
    private static readonly Sentence1 OneOpen = new("1 alert hidden, still open: {0}", "1 alerte passée sous silence, encore ouverte : {0}");
    private static readonly Sentence1 AllOver = new("{0} alerts hidden, all over", "{0} alertes tues, toutes terminées");
    private static readonly Sentence2 AllOpen = new("{0} alerts hidden, still open: {1}", "{0} alertes tues, encore ouvertes : {1}");
    private static readonly Sentence3 Some = new("{0} alerts hidden, {1} over, still open: {2}", "{0} alertes tues, {1} terminées, encore ouvertes : {2}");
    private static readonly Sentence3 SomeOne = new("{0} alerts hidden, {1} over, still open: {2}", "{0} alertes tues, {1} terminées, encore ouverte : {2}");
    private static readonly Sentence2 OneAndSome = new("{0} alerts hidden, 1 over, still open: {1}", "{0} alertes tues, 1 terminée, encore ouvertes : {1}");
    private static readonly Sentence1 OneAndOne = new("2 alerts hidden, 1 over, still open: {0}", "2 alertes tues, 1 terminée, encore ouverte : {0}");

    /// <summary>“7 alertes tues, 5 terminées, encore ouvertes : POP3 CRITICAL #45, …”.</summary>
    /// <param name="voice">The group's language.</param>
    /// <param name="withMachine">Whether each is named with its machine.</param>
    public PublicText Text(Phrasebook voice, bool withMachine)
    {
        PublicText all = Ended + Open.Count, ended = Ended;
        var open = IncidentText.Numbered(voice, IncidentText.WorstFirst(Open).ToList(), Named, withMachine);
        return (Ended, Open.Count) switch
        {
            (0, 0) => voice.Public(Nothing),
            (1, 0) => voice.Public(OneOver),
            (_, 0) => voice.Public(AllOver, all),
            (0, 1) => voice.Public(OneOpen, open),
            (0, _) => voice.Public(AllOpen, all, open),
            (1, 1) => voice.Public(OneAndOne, open),
            (1, _) => voice.Public(OneAndSome, all, open),
            (_, 1) => voice.Public(SomeOne, all, ended, open),
            _ => voice.Public(Some, all, ended, open),
        };
    }
}

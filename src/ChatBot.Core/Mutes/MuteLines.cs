
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mutes;

/// <summary>The lines about mutes.</summary>
/// <param name="phrases">The group's language and zone.</param>
/// <param name="prefix">What stands before a command, <c>!</c>.</param>
public sealed class MuteLines(Phrasebook phrases, string prefix)
{
    private static readonly Sentence2 Saying = new("{0} “{1}”", "{0} « {1} »");
    private static readonly Sentence4 EndsOne = new("[{0}] heard again (muted {1}, by {2}): {3}", "[{0}] de nouveau écouté (muet {1}, par {2}) : {3}");
    private static readonly Sentence5 EndsService = new(
        "[{0}] {4} heard again (muted {1}, by {2}): {3}", "[{0}] {4} de nouveau écouté (muet {1}, par {2}) : {3}");

    // The command that ends it.
    private static readonly Sentence Unmute = new("unmute", "parle");

    private static readonly Sentence StillQuiet = new(
        "another mute or intervention still suppresses its alerts and will announce them", "ses alertes restent masquées par un autre silence, qui les annoncera");

    private static readonly Sentence3 ListedOne = new("[{0}] muted {1}, by {2}", "[{0}] muet {1}, par {2}");
    private static readonly Sentence4 ListedService = new("[{0}] {3} muted {1}, by {2}", "[{0}] {3} muet {1}, par {2}");

    /// <summary>“hal POP3”, “hal”.</summary>
    public static Line Named(Phrasebook phrases, Mute mute) => mute.Service is { } service
        ? phrases.Say(Sentences.OfMachine, mute.Machine, service)
        : phrases.Say(mute.Machine);

    /// <summary>It begins; the public hears the reason only where it was said in public, and only root how to end it.</summary>
    public Line Begins(Mute mute, DateTimeOffset now) => Line.Join(
        " · ",
        [
            Listed(mute, now),
            phrases.Say(Sentences.OfMachine, PublicText.Declared(prefix + Unmute.In(phrases.Locale)), Named(phrases, mute)).ForRootAlone,
        ]);

    public Line Listed(Mute mute, DateTimeOffset now)
    {
        var until = phrases.Until(mute.Until, now);
        return WithReason(mute, by => mute.Service is { } service
            ? phrases.Say(ListedService, mute.Machine, until, by, service)
            : phrases.Say(ListedOne, mute.Machine, until, by));
    }

    /// <summary>It has ended.</summary>
    /// <param name="mute">The mute.</param>
    /// <param name="suppressed">What it suppressed; null where another silence still suppresses it.</param>
    /// <param name="now">When it ends.</param>
    public Line Ends(Mute mute, Line? suppressed, DateTimeOffset now)
    {
        var lasted = phrases.Duration(now - mute.At);
        var what = suppressed ?? phrases.Public(StillQuiet);
        return mute.Service is { } service
            ? phrases.Say(EndsService, mute.Machine, lasted, mute.By, what, service)
            : phrases.Say(EndsOne, mute.Machine, lasted, mute.By, what);
    }

    private Line WithReason(Mute mute, Func<Line, Line> sentence) => mute.Reason.Text.IsEmpty
        ? sentence(mute.By)
        : sentence(phrases.Say(Saying, mute.By, mute.Reason).OrForPublic(mute.By));
}

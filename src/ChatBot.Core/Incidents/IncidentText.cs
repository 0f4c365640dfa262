using ChatBot.Core.Mail;
using ChatBot.Core.Speech;

namespace ChatBot.Core.Incidents;

/// <summary>How an open incident stands, for whoever asks.</summary>
public static class IncidentText
{
    /// <summary>
    /// “POP3 CRITICAL depuis 12 minutes, pris par lunar « je redémarre » #42”, without the machine; the public hears the
    /// reason only where it was said in public.
    /// </summary>
    public static Line Now(Voice voice, Incident incident, DateTimeOffset now)
    {
        var lasts = voice.Duration(InMinutes(now - incident.OpenedAt));
        if (incident.Taken is not { } taken)
            return voice.Public(Sentences.OpenSince, incident.What, lasts, incident.Number);

        var without = voice.Public(Sentences.OpenSinceTaken, incident.What, lasts, taken.By, incident.Number);
        if (taken.Reason.Text.IsEmpty)
            return without;
        var with = voice.Say(
            Sentences.OpenSinceTakenReason, incident.What, lasts, taken.By, taken.Reason, (PublicText)incident.Number);
        return with.OrForPublic(without);
    }

    /// <summary>The worst first, and of those alike the newest.</summary>
    public static IEnumerable<Incident> WorstFirst(IEnumerable<Incident> incidents) => incidents
        .OrderByDescending(incident => Severity(incident.State))
        .ThenByDescending(incident => incident.OpenedAt)
        .ThenByDescending(incident => incident.Number);

    private static int Severity(CheckState state) => state switch
    {
        CheckState.Down => 5,
        CheckState.Critical => 4,
        CheckState.Unreachable => 3,
        CheckState.Unknown => 2,
        CheckState.Warning => 1,
        _ => 0,
    };

    // Nobody asks for the seconds of an hour.
    private static TimeSpan InMinutes(TimeSpan span) =>
        span < TimeSpan.FromMinutes(1) ? span : TimeSpan.FromMinutes(Math.Floor(span.TotalMinutes));
}

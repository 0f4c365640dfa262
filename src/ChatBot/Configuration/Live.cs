using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Mail;
using ChatBot.Core.Mutes;
using ChatBot.Core.Speech;

namespace ChatBot.Configuration;

/// <summary>The configuration in force, and the words made of it.</summary>
public sealed record Live
{
    public Live(BotSettings settings)
    {
        Settings = settings;
        Voice = new Voice(settings.Locale, settings.TimeZone);
        Incidents = new IncidentLines(Voice, settings.Irc.CommandPrefix, settings.Speech.PublicOutput);
        Mutes = new MuteLines(Voice, settings.Irc.CommandPrefix);
        Interventions = new InterventionLines(Voice);
        Reports = new ReportLines(Voice, Incidents, settings.People, settings.Mail.PublicFlag);
    }

    public BotSettings Settings { get; }

    public Voice Voice { get; }

    public IncidentLines Incidents { get; }

    public MuteLines Mutes { get; }

    public InterventionLines Interventions { get; }

    public ReportLines Reports { get; }
}

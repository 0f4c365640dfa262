using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Language;
using ChatBot.Core.Mutes;

namespace ChatBot.Configuration;

/// <summary>The configuration in force, and the words made of it.</summary>
public sealed record SettingsSnapshot
{
    public SettingsSnapshot(BotSettings settings)
    {
        Settings = settings;
        Phrases = new Phrasebook(settings.Locale, settings.TimeZone, settings.Inventory.PublicNames);
        Incidents = new IncidentLines(Phrases, settings.Irc.CommandPrefix, settings.Speech.PublicOutput);
        Planner = new Planner(settings.Speech.Rules, Incidents);
        Mutes = new MuteLines(Phrases, settings.Irc.CommandPrefix);
        Interventions = new InterventionLines(Phrases);
        Reports = new ReportLines(Phrases, Incidents, settings.People, settings.Mail.PublicFlag);
    }

    public BotSettings Settings { get; }

    public Phrasebook Phrases { get; }

    public IncidentLines Incidents { get; }

    /// <summary>Decides about incidents, in these words.</summary>
    public Planner Planner { get; }

    public MuteLines Mutes { get; }

    public InterventionLines Interventions { get; }

    public ReportLines Reports { get; }
}

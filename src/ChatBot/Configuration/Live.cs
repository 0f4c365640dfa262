using ChatBot.Core.Incidents;
using ChatBot.Core.Mail;
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
        Reports = new ReportLines(Voice, Incidents, settings.People, settings.Mail.PublicFlag);
    }

    public BotSettings Settings { get; }

    public Voice Voice { get; }

    public IncidentLines Incidents { get; }

    public ReportLines Reports { get; }
}

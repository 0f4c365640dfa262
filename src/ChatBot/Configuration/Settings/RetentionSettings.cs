namespace ChatBot.Configuration;

/// <summary>How long the store and the spool keep what names people or quotes texts: whole days, at least one.</summary>
public sealed record RetentionSettings
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>What a check printed, from the end of its incident on.</summary>
    public TimeSpan PluginOutput { get; init; } = TimeSpan.FromDays(90);

    /// <summary>
    /// Who acknowledged, muted or planned something and their words, from its end on; the names of files and the changelog lines that
    /// machines reported.
    /// </summary>
    public TimeSpan Names { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The steps of an incident, from its end on; then its dates and counts alone are kept.</summary>
    public TimeSpan Incidents { get; init; } = Year;

    /// <summary>Who wrote a changelog entry; null until they ask to be forgotten.</summary>
    public TimeSpan? ChangelogAuthors { get; init; }

    /// <summary>The mails of the bot's own spool, once they are stored.</summary>
    public TimeSpan Mails { get; init; } = TimeSpan.FromDays(30);

    /// <summary>What the outbox has delivered: it serves to look for a fault.</summary>
    public TimeSpan Delivered { get; init; } = TimeSpan.FromDays(14);

    /// <summary>That somebody was greeted, as a keyed hash; who comes back later is welcome again.</summary>
    public TimeSpan Greeted { get; init; } = Year;
}

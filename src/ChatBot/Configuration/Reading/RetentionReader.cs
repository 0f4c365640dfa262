namespace ChatBot.Configuration.Reading;

/// <summary>Reads <c>[retention]</c>.</summary>
internal static class RetentionReader
{
    private const string WhenAsked = "asked";
    private const int MostDays = 3650;

    public static RetentionSettings Read(Section root)
    {
        var section = root.Table("retention");
        var otherwise = new RetentionSettings();
        var settings = new RetentionSettings
        {
            PluginOutput = Days(section, "plugin_output") ?? otherwise.PluginOutput,
            Names = Days(section, "names") ?? otherwise.Names,
            Incidents = Days(section, "incidents") ?? otherwise.Incidents,
            ChangelogAuthors = Days(section, "changelog_authors", WhenAsked),
            Mails = Days(section, "mails") ?? otherwise.Mails,
            Delivered = Days(section, "delivered") ?? otherwise.Delivered,
            Greeted = Days(section, "greeted") ?? otherwise.Greeted,
        };
        section.Done();
        return settings;
    }

    private static TimeSpan? Days(Section section, string key, string? word = null)
    {
        if (section.Text(key) is not { } text || text == word)
        {
            return null;
        }

        if (ValueParsers.Days(text, out var days) && days.TotalDays <= MostDays)
        {
            return days;
        }

        section.Report(key, section.Words(
            $"`{key}` is \"{text}\"; write a number of days from \"1d\" to \"{MostDays}d\"{(word is null ? "" : $", or \"{word}\"")}",
            $"`{key}` vaut \"{text}\" ; écrivez un nombre de jours de \"1d\" à \"{MostDays}d\"{(word is null ? "" : $", ou \"{word}\"")}"));
        return null;
    }
}

namespace ChatBot.Configuration;

/// <summary>What <c>chatbot check</c> says where people's data is kept longer than the advice of the French authority (CNIL, October 2021).</summary>
internal static class RetentionWarnings
{
    private static readonly TimeSpan Advised = TimeSpan.FromDays(366);

    /// <summary>One text each.</summary>
    public static IEnumerable<string> Of(RetentionSettings keep, MessageLanguage language)
    {
        (string Key, TimeSpan? Kept)[] all =
        [
            ("plugin_output", keep.PluginOutput), ("names", keep.Names), ("incidents", keep.Incidents), ("changelog_authors", keep.ChangelogAuthors),
            ("mails", keep.Mails), ("delivered", keep.Delivered), ("greeted", keep.Greeted),
        ];
        return all.Where(one => one.Kept > Advised).Select(one => language.Words(
            $"[retention] {one.Key} keeps what may be about people for {one.Kept!.Value.TotalDays:0} days; the CNIL advises six months to a year for who "
            + "did what, and longer only with a reason that is written down",
            $"[retention] {one.Key} garde {one.Kept!.Value.TotalDays:0} jours ce qui peut toucher des personnes ; la CNIL conseille de six mois à un an pour "
            + "qui a fait quoi, et plus longtemps seulement avec une raison écrite"));
    }
}

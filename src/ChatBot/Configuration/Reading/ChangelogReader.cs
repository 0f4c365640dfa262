using ChatBot.Core.Changelog;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads <c>[changelog]</c>, which may be left out.</summary>
internal static class ChangelogReader
{
    private const string UsualKnownHosts = "known_hosts";

    public static ChangelogSettings Read(Section root)
    {
        var section = root.Table("changelog");
        var settings = new ChangelogSettings(
            section.FilePath("known_hosts") ?? root.Scope.Absolute(UsualKnownHosts),
            section.FilePath("ssh_config"),
            section.Word("style", ("entry", ChangelogStyle.Entry), ("line", ChangelogStyle.Line)) ?? ChangelogStyle.Entry);
        if (settings.SshConfig is { } file && !File.Exists(file))
        {
            section.Report("ssh_config", section.Words(
                "`ssh_config` names no file; write one as ssh_config(5) says, or leave the key out",
                "`ssh_config` ne désigne aucun fichier ; écrivez-en un comme le dit ssh_config(5), ou retirez cette clé"));
        }

        foreach (var (key, path) in new[] { ("known_hosts", settings.KnownHosts), ("ssh_config", settings.SshConfig) })
        {
            if (section.Has(key) && path?.Any(letter => letter is '"' or '\\' || char.IsControl(letter)) == true)
            {
                section.Report(key, section.Words(
                    $"`{key}` has a sign in its path that ssh does not take; choose another name",
                    $"`{key}` a dans son chemin un signe que ssh n'accepte pas ; choisissez un autre nom"));
            }
        }

        section.Done();
        return settings;
    }
}

using ChatBot.Core.Changelog;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Changelog;

public class ChangeLinesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 13, 17, 0, TimeSpan.Zero);

    [Fact]
    public void Many_directories_files_and_packages_are_counted()
    {
        var files = Enumerable.Range(0, 9).Select(i => new ChangedFile('~', $"/etc/d{i % 6}/f{i}")).ToList();
        var line = Line(new ChangeSummary { Files = files, Packages = [.. "abcdefgh".Select(c => c.ToString())] });
        Assert.Equal(
            "[hal] modifié : 9 fichiers (/etc/d0, /etc/d1, /etc/d2 et 3 autres), 8 paquets (a, b, c, d, e et 3 autres) — à 12:05",
            line.For(Audience.Public));
        Assert.Equal(
            "[hal] modifié : 9 fichiers (/etc/d0/f0, /etc/d1/f1, /etc/d2/f2, /etc/d3/f3, /etc/d4/f4, /etc/d5/f5 et 3 autres), "
            + "8 paquets (a, b, c, d, e et 3 autres) — à 12:05 · personne n'a rien écrit au changelog",
            line.For(Audience.Root));
    }

    [Fact]
    public void One_is_one()
    {
        var line = Line(new ChangeSummary { Files = [new ChangedFile('+', "/f")], Packages = ["vim"] });
        Assert.Equal("[hal] modifié : 1 fichier (/), 1 paquet (vim) — à 12:05", line.For(Audience.Public));
    }

    [Fact]
    public void What_people_wrote_is_for_the_root_group()
    {
        var line = Line(new ChangeSummary { Packages = ["vim"], ChangelogLines = [new RootText("éditeur"), new RootText("autre")] });
        Assert.EndsWith("à 12:05", line.For(Audience.Public), StringComparison.Ordinal);
        Assert.EndsWith("à 12:05 · « éditeur ; autre »", line.For(Audience.Root), StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_that_name_nothing_say_so()
    {
        Assert.Equal("[hal] plus rien n'a bougé depuis quelques jours (metche)", Line(new ChangeSummary { Stable = true }).For(Audience.Public));
        Assert.Equal("[hal] modifié (rapport chiffré)", Line(new ChangeSummary { Encrypted = true }).For(Audience.Public));
        Assert.Equal("[hal] rapport de changement sans changement", Line(new ChangeSummary()).For(Audience.Root));
    }

    private static Line Line(ChangeSummary summary) =>
        new ChangeLines(new Phrasebook(Locale.French, TimeZoneInfo.Utc))
            .Line(new Change(Name.OfMachine("hal"), Now.AddMinutes(-72), summary), Now);
}

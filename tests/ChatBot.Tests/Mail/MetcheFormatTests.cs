using System.Text;
using ChatBot.Core.Changelog;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>What a site may change in metche's mails, and what must not get through.</summary>
public sealed class MetcheFormatTests
{
    [Fact]
    public void Headings_and_dates_may_be_in_any_language()
    {
        var change = Recognise("""
            Journaux
            ========
            > 2026-11-22 - zou
            >   * ménage

            Fichiers modifiés
            =================
            < -rw-r--r-- 1 root root 17 22 nov. 21:07 etc/mailname
            > -rw-r--r-- 1 root root 17 22 nov. 21:08 etc/mailname
            + lrwxrwxrwx 1 root root 17 2026-11-22 21:08 etc/alternatives/vi -> /usr/bin/vim
            + -rw-r--r-- 1 root root 17 Nov 22 21:08 tmp/tmp.AbC/etc/x
            > mot de passe: tournesol

            Détails
            =======
            > -rw-r--r-- 1 root root 17 Nov 22 21:08 etc/real
            +++ /etc/shadow	2026-11-22
            + -rw-r--r-- 1 root root 17 Nov 22 21:08 etc/secret
            """).Change!;
        Assert.Equal(["zou: ménage"], change.ChangelogLines.Select(l => l.Value));
        Assert.Equal(["~/etc/mailname", "+/etc/alternatives/vi", "~/etc/real"], change.Files.Select(f => f.How + f.Path));
    }

    [Fact]
    public void Of_several_changelogs_each_has_its_folder()
    {
        // CHANGELOG_DIR of metche.conf; _MAIL_SUBJECT and the headings are of the site.
        var change = Recognise("""

                 r a p p o r t
                 -------------


            Journaux
            ========

            postfix:
            > 2026-11-22 - zou <zou@globenet.org>
            >   * relais désactivé
            > 
            >   ... et relu

            web sites:
            < - [ ] doubler le DNS
            > 2026-11-22 14:05 +0100: lunar
            >   nouveau vhost [chatbot 17]

            Fichiers modifiés
            =================

            Rien n'a bougé.
            > 2026-11-22 - zou
            autre:
            >   * pas un changelog
            """).Change!;
        Assert.Equal(["postfix", "web sites"], change.Excerpts.Select(excerpt => excerpt.Folder.Value));
        Assert.Equal(
            ["relais désactivé", "... et relu", "nouveau vhost"],
            change.Excerpts.SelectMany(excerpt => excerpt.Read(TimeZoneInfo.Utc).Entries).Select(entry => entry.Text.Value));
        Assert.Equal(["doubler le dns"], change.Excerpts[1].StruckBoxes());
        Assert.Equal(["zou: relais désactivé", "... et relu", "lunar: nouveau vhost"], change.ChangelogLines.Select(line => line.Value));
        Assert.Equal("(2 lines added, 1 removed)", change.Excerpts[1].ToString());
    }

    [Fact]
    public void A_mere_change_of_candidate_is_no_change_of_the_machine()
    {
        var change = Recognise("""
            Packages
            ========
            < curl:amd64/bookworm 7.88.1 uptodate
            > curl:amd64/bookworm 7.88.1 upgradeable to 7.88.2
            < nano/bookworm 7.2 uptodate
            > vim/bookworm 9.0 uptodate
            """).Change!;
        Assert.Equal(["nano", "vim"], change.Packages);
    }

    [Fact]
    public void An_encrypted_report_says_only_its_subject()
    {
        var report = Recognise("-----BEGIN PGP MESSAGE-----\n\nx\n-----END PGP MESSAGE-----\n");
        Assert.True(report.Change!.Encrypted);
        Assert.Equal("hal", report.Machine?.Value);
    }

    [Fact]
    public void A_stamp_that_is_no_date_gives_way_to_the_Date_field() =>
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 22, 0, 0, TimeSpan.Zero), Recognise("x", "209913459999").When);

    [Fact]
    public void The_stamp_is_in_the_offset_of_the_Date_field() =>
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 21, 7, 0, TimeSpan.Zero), Recognise("x").When);

    private static Report Recognise(string body, string stamp = "202611222307") => new MetcheFormat().Recognise(
        Sample.Read(Encoding.UTF8.GetBytes(
            $"From: root@hal.globenet.org\nSubject: hal.globenet.org - rapport de =?utf-8?Q?modifi=C3=A9s?= : testing-{stamp}\n"
            + $"Date: Mon, 23 Nov 2026 00:00:00 +0200\n\n{body}")), Sample.Inventory)!;
}

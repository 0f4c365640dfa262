using ChatBot.Configuration;
using Xunit;

namespace ChatBot.Tests.Configuration;

/// <summary>What is right, and yet may not do what was meant.</summary>
public sealed class SetupNotesTests : IDisposable
{
    private readonly Sample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void A_Maildir_that_is_not_there_is_named_until_it_is()
    {
        _sample.Rest = Maildir();
        Assert.Contains($"the Maildir {_sample.Folder["Maildir"]} does not exist yet", Assert.Single(Notes("Maildir")), StringComparison.Ordinal);

        Directory.CreateDirectory(_sample.Folder["Maildir/new"]);
        Assert.Empty(Notes("Maildir"));
    }

    [Fact]
    public void An_empty_inventory_is_named()
    {
        Assert.Empty(Notes("no [[machine]]"));

        _sample.Folder.Write("machines.toml", "");
        Assert.Single(Notes("no [[machine]]"));
    }

    [Fact]
    public void An_admin_without_an_address_is_named_where_commands_come_by_mail()
    {
        _sample.Folder.Write("people.toml", "[[person]]\nname = \"lunar\"\nroles = [\"admin\"]\naccounts = [\"lunar\"]\n");
        Assert.Empty(Notes("no address"));

        _sample.Rest = "[mail.smtp]\nhost = \"localhost\"\nfrom = \"globot@example.org\"\nroot_alias = \"root@example.org\"\n[mail.door]\nack = \"dkim\"\n";
        Assert.Contains("lunar is admin, but has no address in `mail`", Assert.Single(Notes("no address")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_Maildirs_is_no_Maildir()
    {
        Directory.CreateDirectory(_sample.Folder["Maildir/chatbot/new"]);
        _sample.Rest = Maildir();

        Assert.Contains("has no folder new", Assert.Single(Notes("Maildir")), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_a_Nagios_that_is_not_there_are_named()
    {
        _sample.Rest = "[nagios]\ncommand_file = \"nagios.cmd\"\nstatus_file = \"status.dat\"";
        Assert.Collection(
            Notes("[nagios]"),
            note => Assert.StartsWith("`command_file`, ", note, StringComparison.Ordinal),
            note => Assert.StartsWith("`status_file`, ", note, StringComparison.Ordinal));

        _sample.Folder.Write("nagios.cmd", "");
        _sample.Folder.Write("status.dat", "");
        Assert.Empty(Notes("[nagios]"));
    }

    [Theory]
    [InlineData("/root/changelog", "out of reach for the service")]
    [InlineData("/home/lunar/changelog", "out of reach for the service")]
    [InlineData("/chatbot-tests-none/changelog", "is in /chatbot-tests-none, which does not exist")]
    [InlineData("/etc/changelog", "needs ReadWritePaths=/etc")]
    public void A_changelog_that_the_service_cannot_write_is_named(string path, string words)
    {
        _sample.Folder.Write("machines.toml", $"[[machine]]\nname = \"hal\"\nchangelog = \"file:{path}\"\n");

        Assert.Contains(words, Assert.Single(Notes("changelog of hal")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changelog_in_the_folder_of_the_bot_is_in_its_reach()
    {
        _sample.Folder.Write("machines.toml", $"[[machine]]\nname = \"hal\"\nchangelog = \"file:{_sample.Folder["data/hal.changelog"]}\"\n");

        Assert.Empty(Notes("changelog"));
    }

    [Fact]
    public void A_group_without_admin_or_root_channel_is_told()
    {
        Assert.Single(Notes("nobody has roles"));
        Assert.Single(Notes("no channel has audience = \"root\""));

        _sample.Folder.Write("people.toml", "[[person]]\nname = \"lunar\"\nroles = [\"admin\"]\n");
        Assert.Empty(Notes("nobody has roles"));
        Assert.Single(Notes("lunar is admin, but nothing shows who that is"));

        _sample.Folder.Write("people.toml", "[[person]]\nname = \"lunar\"\nroles = [\"admin\"]\naccounts = [\"lunar\"]\n");
        Assert.Empty(Notes("lunar"));
    }

    [Fact]
    public void A_root_channel_without_a_key_is_named()
    {
        _sample.Irc = "[[irc.channels]]\nname = \"#root\"\naudience = \"root\"";
        Assert.Contains("only while the channel has +i", Assert.Single(Notes("#root has no `key_file`")), StringComparison.Ordinal);

        _sample.Folder.Write("root.key", "sesame");
        _sample.Irc += "\nkey_file = \"root.key\"";
        Assert.Empty(Notes("#root"));
    }

    [Fact]
    public void Commands_by_signed_mail_without_a_key_to_verify_with_are_named()
    {
        const string Smtp = "[mail.smtp]\nhost = \"localhost\"\nport = 25\nfrom = \"globot@example.org\"\nroot_alias = \"root@example.org\"\n";
        _sample.Rest = Smtp + "[mail.door]\n";
        Assert.Contains("nothing is done by a signed mail; write [openpgp]", Assert.Single(Notes("[mail.door]")), StringComparison.Ordinal);

        _sample.Rest = Smtp;
        Assert.Empty(Notes("[mail.door]"));
    }

    [Fact]
    public void Check_says_that_signed_mails_are_taken()
    {
        Directory.CreateDirectory(_sample.Folder["keys"]);
        _sample.Folder.Write("keys/lunar.asc", "");
        _sample.Rest = "[mail.smtp]\nhost = \"localhost\"\nport = 25\nfrom = \"globot@example.org\"\nroot_alias = \"root@example.org\"\n[mail.door]\n[openpgp]\nkeys = \"keys\"\nprogram = \"/bin/true\"";
        _sample.Load();
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.Equal(0, Check.Run(_sample.Folder["chatbot.toml"], new Dictionary<string, string>(), output, errors));
        Assert.Contains("take commands of admins by mails to globot@example.org that are signed with OpenPGP", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_has_nothing_that_the_service_cannot_reach()
    {
        var settings = ConfigurationFile.Load(Path.Combine(Repository.Config, "chatbot.toml"), new Dictionary<string, string>()).Settings!;

        Assert.DoesNotContain(SetupNotes.Of(settings, default), note => note.Contains("the changelog of", StringComparison.Ordinal));
        Assert.Contains(SetupNotes.Of(settings, default), note => note.Contains("known_hosts does not exist", StringComparison.Ordinal)
            && note.Contains("`chatbot changelog setup coordsud` prints what to paste before !log coordsud reaches it", StringComparison.Ordinal));
    }

    private string Maildir() => "[[mail.sources]]\nkind = \"maildir\"\npath = \"Maildir\"";

    private List<string> Notes(string about) =>
        [.. SetupNotes.Of(_sample.Settings(), default).Where(note => note.Contains(about, StringComparison.Ordinal))];
}

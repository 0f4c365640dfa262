using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Tests.EndToEnd;
using Xunit;

namespace ChatBot.Tests.Configuration;

public sealed class SettingsTests : IDisposable
{
    private readonly Sample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var settings = _sample.Settings();

        Assert.Equal(Locale.English, settings.Locale);
        Assert.Equal("Europe/Paris", settings.TimeZone.Id);
        Assert.Equal(Path.Combine(_sample.Folder.Path, "data"), settings.Data);
        Assert.True(settings.Irc.Tls);
        Assert.Equal("!", settings.Irc.CommandPrefix);
        Assert.Equal(IrcPace.Auto, settings.Irc.Pace);
        Assert.Null(settings.Irc.Sasl);
        Assert.False(settings.Irc.Channels[0].Greet);
        Assert.Null(settings.Mail.Smtp);
        Assert.Empty(settings.Mail.Sources);
        Assert.Equal(new StorageSettings(StorageProvider.Sqlite), settings.Storage);
        Assert.Equal(new NagiosSettings(null, null), settings.Nagios);
        Assert.Equal(new SpeechSettings(TimeSpan.FromSeconds(5), PublicOutput: false), settings.Speech);
        Assert.Equal((TimeSpan.FromSeconds(60), 3), (settings.Welcome.Delay, settings.Welcome.PerMinute));
        Assert.Empty(settings.Welcome.French);
        Assert.Null(settings.Web);
    }

    [Fact]
    public void PostgreSQL_is_reached_as_a_line_or_a_file_says()
    {
        _sample.Rest = "[storage]\nprovider = \"postgresql\"\nconnection = \"Host=/run/postgresql;Database=chatbot\"";
        Assert.Equal(new StorageSettings(StorageProvider.Postgresql, new SecretValue("Host=/run/postgresql;Database=chatbot")), _sample.Settings().Storage);

        _sample.Folder.Write("db", "Host=db;Database=chatbot;Username=u;Password=geheim\n");
        _sample.Rest = "[storage]\nprovider = \"postgresql\"\nconnection_file = \"db\"";
        Assert.Equal(new StorageSettings(StorageProvider.Postgresql, new SecretValue("Host=db;Database=chatbot;Username=u;Password=geheim")), _sample.Settings().Storage);
        Assert.DoesNotContain("geheim", _sample.Settings().Storage.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_imap_source_carries_what_was_written()
    {
        _sample.Folder.Write("imap.password", "secret");
        _sample.Folder.Write("ca.pem", TestCertificates.AuthorityPem);
        _sample.Rest = """
            [[mail.sources]]
            kind = "imap"
            host = "imap.example.org"
            user = "globot"
            password_file = "imap.password"
            tls_ca_file = "ca.pem"
            processed_folder = "Traité"
            poll = "1s"
            closed = true
            """;

        var imap = Assert.IsType<ImapSettings>(Assert.Single(_sample.Settings().Mail.Sources));

        Assert.Equal(("imap.example.org", 993, true, "globot"), (imap.Host, imap.Port, imap.Tls, imap.User));
        Assert.Equal(("INBOX", "Traité"), (imap.Folder, imap.ProcessedFolder));
        Assert.Equal(TimeSpan.FromSeconds(1), imap.Poll);
        Assert.Equal(_sample.Folder["ca.pem"], imap.TlsCaFile);
        Assert.True(imap.Closed);
    }

    [Fact]
    public void A_pop3_source_carries_what_was_written()
    {
        _sample.Folder.Write("pop3.password", "secret");
        _sample.Rest = """
            [[mail.sources]]
            kind = "pop3"
            host = "pop.example.org"
            user = "globot"
            password_file = "pop3.password"
            poll = "30s"
            leave_on_server = true
            closed = true
            """;

        var pop3 = Assert.IsType<Pop3Settings>(Assert.Single(_sample.Settings().Mail.Sources));

        Assert.Equal(("pop.example.org", 995, true, "globot", "secret"), (pop3.Host, pop3.Port, pop3.Tls, pop3.User, pop3.Password.Reveal()));
        Assert.Equal((TimeSpan.FromSeconds(30), true, true), (pop3.Poll, pop3.LeaveOnServer, pop3.Closed));
    }

    [Fact]
    public void A_closed_source_needs_no_mx()
    {
        _sample.Rest = "[[mail.sources]]\nkind = \"maildir\"\npath = \"Maildir\"\nclosed = true";

        var maildir = Assert.IsType<MaildirSettings>(Assert.Single(_sample.Settings().Mail.Sources));

        Assert.Equal(Path.Combine(_sample.Folder.Path, "Maildir"), maildir.Path);
    }

    [Theory]
    [InlineData("localhost:6667")]
    [InlineData("127.0.0.1:6667")]
    [InlineData("[::1]:6667")]
    public void A_password_may_go_to_this_machine_unencrypted(string server)
    {
        _sample.Folder.Write("password", "secret");
        _sample.Environment["CHATBOT__IRC__SERVERS"] = server;
        _sample.Irc = "tls = false\npassword_file = \"password\"";
        _sample.Rest = "[irc.sasl]\nmechanism = \"plain\"\naccount = \"globot\"\npassword_file = \"password\"";

        Assert.Equal(SaslMechanism.Plain, _sample.Settings().Irc.Sasl?.Mechanism);
    }

    [Fact]
    public void The_services_are_asked_only_where_they_are_written()
    {
        Assert.Null(_sample.Settings().Irc.Services);

        _sample.Rest = "[irc.services]";
        Assert.Equal(new ChatBot.Configuration.Settings.IrcServices("NickServ", "ChanServ"), _sample.Settings().Irc.Services);

        _sample.Folder.Write("password", "secret");
        _sample.Rest = "[irc.services]\nnickserv = \"Services\"\nchanserv = \"X\"\naccount = \"globot\"\npassword_file = \"password\"";
        Assert.Equal(new ChatBot.Configuration.Settings.IrcServices("Services", "X", "globot", "secret"), _sample.Settings().Irc.Services);
    }

    [Theory]
    [InlineData("a space")]
    [InlineData("a\ttab")]
    [InlineData("long")]
    public void A_password_that_NickServ_cannot_accept_is_a_mistake_and_is_not_shown(string password)
    {
        _sample.Folder.Write("password", password == "long" ? new string('x', 301) : password);
        _sample.Rest = "[irc.services]\naccount = \"globot\"\npassword_file = \"password\"";

        var mistake = Assert.Single(_sample.Mistakes());
        Assert.Contains("NickServ takes no password with spaces", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain(password + "\n", mistake + "\n", StringComparison.Ordinal);
    }

    [Fact]
    public void One_server_elsewhere_is_enough_to_refuse_a_password_unencrypted()
    {
        _sample.Folder.Write("password", "secret");
        _sample.Environment["CHATBOT__IRC__SERVERS"] = "localhost:6667, irc.example.org:6667";
        _sample.Irc = "tls = false\npassword_file = \"password\"";

        Assert.Contains("unencrypted", Assert.Single(_sample.Mistakes()), StringComparison.Ordinal);
    }

    [Fact]
    public void Inline_tables_and_dotted_keys_say_the_same_as_headers()
    {
        _sample.Folder.Write("globot.pem", "certificate and key");
        var path = _sample.Folder.Write("inline.toml", """
            locale = "fr"
            timezone = "UTC"
            data = "/data"
            machines = "machines.toml"
            people = 'people.toml'
            mail.mx = "mail.example.org"
            "speech".group_wait = "0s"

            [irc]
            servers = [
              "a.example.org:6697", # the first
              "b.example.org:6697",
            ]
            nick = "globot"
            sasl = { mechanism = "external", certificate_file = "globot.pem" }
            channels = [{ name = "#a", audience = "root" }, { name = "#b", audience = "public" }]
            """);

        var settings = ConfigurationFile.Load(path, new Dictionary<string, string>()).Settings;

        Assert.Equal("mail.example.org", settings?.Mail.Trust.Mx);
        Assert.Equal(TimeSpan.Zero, settings?.Speech.GroupWait);
        Assert.Equal(["a.example.org", "b.example.org"], settings?.Irc.Servers.Select(server => server.Host));
        Assert.Equal(Path.Combine(_sample.Folder.Path, "globot.pem"), settings?.Irc.Sasl?.CertificateFile);
        Assert.Equal(["#a", "#b"], settings?.Irc.Channels.Select(channel => channel.Name));
    }

    [Fact]
    public void A_fingerprint_is_kept_without_its_colons_in_lower_case()
    {
        _sample.Irc = $"tls_fingerprint = \"{string.Join(':', Enumerable.Repeat("AB", 32))}\"";

        Assert.Equal(string.Concat(Enumerable.Repeat("ab", 32)), _sample.Settings().Irc.TlsFingerprint);
    }

    [Fact]
    public void A_dependency_is_known_by_its_short_name_whatever_name_was_written()
    {
        _sample.Folder.Write("machines.toml", """
            [[machine]]
            name = "routeur"
            names = ["gw.example.org"]
            [[machine]]
            name = "hal"
            depends_on = ["GW.example.org."]
            """);

        Assert.Equal(["routeur"], _sample.Settings().Inventory.Find("hal")?.DependsOn);
    }

    [Fact]
    public void An_inventory_and_people_may_be_empty()
    {
        _sample.Folder.Write("machines.toml", "");
        _sample.Folder.Write("people.toml", "# nobody yet\n");

        var settings = _sample.Settings();

        Assert.Empty(settings.Inventory.Machines);
        Assert.Empty(settings.People.Persons);
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_a_mistake()
    {
        File.WriteAllBytes(Path.Combine(_sample.Folder.Path, "machines.toml"), [0xE9, 0x0A]);

        var mistake = Assert.Single(_sample.Mistakes());
        Assert.EndsWith("machines.toml is not UTF-8, line 1; save it as UTF-8", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_does_not_exist_is_a_mistake()
    {
        var mistake = Assert.Single(ConfigurationFile.Load("nowhere/chatbot.toml", new Dictionary<string, string>()).Mistakes);

        Assert.Equal("nowhere/chatbot.toml: this file does not exist; write it, or correct its name", mistake.ToString());
    }

    [Theory]
    [InlineData(true, "/etc/chatbot/chatbot.toml")]
    [InlineData(false, "config/chatbot.toml")]
    public void The_file_of_the_system_comes_before_the_example(bool installed, string expected) =>
        Assert.Equal(expected, ConfigurationFile.DefaultPath(file => installed && file == "/etc/chatbot/chatbot.toml"));

    [Theory]
    [InlineData(500, false)]
    [InlineData(501, true)]
    public void More_keys_than_are_read_are_a_mistake_and_none_is_left_out_silently(int keys, bool isMistake)
    {
        using var sample = new Sample();
        Directory.CreateDirectory(sample.Folder["keys"]);
        for (var key = 0; key < keys; key++)
        {
            File.WriteAllText(Path.Combine(sample.Folder["keys"], $"{key}.asc"), "");
        }

        sample.Rest = "[openpgp]\nkeys = \"keys\"\nprogram = \"sh\"";
        Assert.Equal(isMistake, sample.Mistakes().Any(mistake => mistake.Contains("more than 500 keys", StringComparison.Ordinal)));
    }
}

using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using Xunit;

namespace ChatBot.Tests.Configuration;

public sealed class SecretsTests : IDisposable
{
    private const string Value = "hunter2";
    private readonly Sample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void The_first_line_of_the_file_is_the_secret()
    {
        _sample.Folder.Write("password", Value + "\r\nand a note\n");
        _sample.Irc = "password_file = \"password\"";

        Assert.Equal(Value, _sample.Settings().Irc.Password);
    }

    [Fact]
    public void A_file_beside_the_configuration_comes_before_the_credentials_of_systemd()
    {
        using var credentials = new TemporaryFolder();
        credentials.Write("password", "from systemd");
        _sample.Environment["CREDENTIALS_DIRECTORY"] = credentials.Path;
        _sample.Irc = "password_file = \"password\"";

        Assert.Equal("from systemd", _sample.Settings().Irc.Password);

        _sample.Folder.Write("password", Value);
        Assert.Equal(Value, _sample.Settings().Irc.Password);
    }

    [Fact]
    public void A_file_in_the_folder_of_secrets_is_found_and_so_is_what_systemd_hands_over_from_there()
    {
        using var credentials = new TemporaryFolder();
        credentials.Write("secrets_password", "from systemd");
        _sample.Environment["CREDENTIALS_DIRECTORY"] = credentials.Path;
        _sample.Irc = "password_file = \"password\"";

        Assert.Equal("from systemd", _sample.Settings().Irc.Password);

        Directory.CreateDirectory(_sample.Folder["secrets"]);
        _sample.Folder.Write("secrets/password", Value);
        Assert.Equal(Value, _sample.Settings().Irc.Password);
    }

    [Fact]
    public void The_unit_hands_over_the_folder_where_check_looks() => Assert.Contains(
        "LoadCredential=secrets:/etc/chatbot/secrets",
        File.ReadAllLines(Path.Combine(Repository.Root, "packaging", "systemd", "chatbot.service")));

    [Fact]
    public void A_call_that_needs_no_secret_looks_for_none()
    {
        _sample.Irc = "password_file = \"password\"";
        Assert.Contains("names no file in ", Assert.Single(_sample.Mistakes()), StringComparison.Ordinal);

        Assert.Empty(ConfigurationFile.LoadWithoutSecrets(_sample.Folder["chatbot.toml"], _sample.Environment).Mistakes);
    }

    [Fact]
    public void A_folder_of_secrets_that_is_shut_is_not_said_to_be_empty()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess || OperatingSystem.IsWindows(), "root may look everywhere.");
        Directory.CreateDirectory(_sample.Folder["secrets"]);
        File.SetUnixFileMode(_sample.Folder["secrets"], UnixFileMode.None);
        _sample.Irc = "password_file = \"password\"";

        var mistakes = _sample.Mistakes();

        // So that the folder can be deleted.
        File.SetUnixFileMode(_sample.Folder["secrets"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Contains("run this as root", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_secret()
    {
        Directory.CreateDirectory(_sample.Folder["password"]);
        _sample.Irc = "password_file = \"password\"";

        Assert.EndsWith(
            "`password_file` names a folder; write the name of a file with the secret on its first line", Assert.Single(_sample.Mistakes()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_its_group_can_read_is_accepted()
    {
        _sample.Folder.Write("password", Value, UnixFileMode.GroupRead);
        _sample.Irc = "password_file = \"password\"";

        Assert.NotNull(_sample.Load().Settings);
    }

    [Theory]
    [InlineData("password_file", "[irc]")]
    [InlineData("certificate_file", "[irc.sasl]")]
    public void A_file_that_everybody_can_read_is_a_mistake(string key, string table)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        _sample.Folder.Write("open", Value, UnixFileMode.OtherRead);
        Let(_sample.Folder.Path, UnixFileMode.OtherExecute);
        if (table == "[irc]")
        {
            _sample.Irc = $"{key} = \"open\"";
        }
        else
        {
            _sample.Rest = $"{table}\nmechanism = \"external\"\n{key} = \"open\"";
        }

        var mistake = Assert.Single(_sample.Mistakes());
        Assert.EndsWith(
            $"`{key}` names a file that everybody on this machine can read; run chmod 600 on it", mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secrets/password", UnixFileMode.None, true)]
    [InlineData("secrets/password", UnixFileMode.OtherRead, true)]
    [InlineData("secrets/password", UnixFileMode.OtherExecute, false)]
    [InlineData("shut/open/password", UnixFileMode.None, true)]
    [InlineData("shut/link", UnixFileMode.OtherExecute, false)]
    [InlineData("shut/folder/password", UnixFileMode.OtherExecute, false)]
    [InlineData("shut/link", UnixFileMode.None, true)]
    public void A_file_is_open_to_everybody_only_where_everybody_comes_to_it(string file, UnixFileMode folder, bool isGood)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        Let(_sample.Folder.Path, UnixFileMode.OtherExecute);
        foreach (var name in (string[])["secrets", "shut", "shut/open"])
        {
            Directory.CreateDirectory(_sample.Folder[name]);
            Let(_sample.Folder[name], name == "secrets" ? folder : name == "shut" ? UnixFileMode.None : UnixFileMode.OtherExecute);
        }

        File.CreateSymbolicLink(_sample.Folder["shut/link"], "../secrets/../secrets/password");
        File.CreateSymbolicLink(_sample.Folder["shut/folder"], _sample.Folder["secrets"]);
        _sample.Folder.Write("secrets/password", Value, UnixFileMode.OtherRead);
        _sample.Folder.Write("shut/open/password", Value, UnixFileMode.OtherRead);
        _sample.Irc = $"password_file = \"{file}\"";

        Assert.Equal(isGood, _sample.Load().Settings?.Irc.Password == Value);
    }

    [Fact]
    public void An_empty_file_is_a_mistake()
    {
        _sample.Folder.Write("password", "\n" + Value);
        _sample.Irc = "password_file = \"password\"";

        var mistake = Assert.Single(_sample.Mistakes());
        Assert.EndsWith("names an empty file; write the secret on its first line", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_the_bot_may_not_read_is_a_mistake()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess || OperatingSystem.IsWindows(), "root may read everything.");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_sample.Folder.Write("password", Value), UnixFileMode.None);
        }

        _sample.Irc = "password_file = \"password\"";

        Assert.Contains("names a file that this user cannot read", Assert.Single(_sample.Mistakes()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_phone_is_read_from_its_file_without_its_spaces()
    {
        _sample.Folder.Write("lunar.phone", "+33 6 12 34 56 78\n");
        _sample.Folder.Write("people.toml", "[[person]]\nname = \"lunar\"\nphone_file = \"lunar.phone\"\n");

        Assert.Equal("+33612345678", _sample.Settings().People.Persons[0].Phone);
    }

    [Fact]
    public void A_phone_that_is_none_is_a_mistake_that_does_not_show_it()
    {
        _sample.Folder.Write("lunar.phone", Value);
        _sample.Folder.Write("people.toml", "[[person]]\nname = \"lunar\"\nphone_file = \"lunar.phone\"\n");

        var mistake = Assert.Single(_sample.Mistakes());
        Assert.StartsWith("people.toml:3: `phone_file` holds no international number", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain(Value, mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password = \"hunter2\"")]
    [InlineData("password = hunter2")]
    [InlineData("password = \"hunter2")]
    [InlineData("password = \"hunter2\\q\"")]
    [InlineData("password_file = \"hunter2\"")]
    [InlineData("password_file = [\"hunter2\"]")]
    [InlineData("password_file = \"a\"\npassword_file = \"hunter2\"")]
    public void No_mistake_shows_a_password_written_where_it_should_not_be(string written)
    {
        _sample.Irc = written;
        _sample.Environment["CHATBOT__IRC__PASSWORD"] = Value;

        var mistakes = _sample.Mistakes();

        Assert.NotEmpty(mistakes);
        Assert.All(mistakes, mistake => Assert.DoesNotContain(Value, mistake, StringComparison.Ordinal));
    }

    [Fact]
    public void No_settings_show_a_secret()
    {
        _sample.Folder.Write("password", Value);
        _sample.Irc = "password_file = \"password\"";
        _sample.Rest = """
            [irc.sasl]
            mechanism = "plain"
            account = "globot"
            password_file = "password"
            [[mail.sources]]
            kind = "imap"
            host = "imap.example.org"
            user = "globot"
            password_file = "password"
            processed_folder = "Done"
            """;

        var settings = _sample.Settings();

        Assert.Equal(Value, settings.Irc.Sasl?.Password);
        var services = new ChatBot.Configuration.Settings.IrcServices("NickServ", "ChanServ", "globot", Value);
        Assert.DoesNotContain(Value, (settings.Irc with { Services = services }).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Value, services.ToString(), StringComparison.Ordinal);
        object[] shown = [settings, settings.Irc, settings.Irc.Sasl!, settings.Mail.Sources[0], new SecretValue(Value)];
        Assert.All(shown, part => Assert.DoesNotContain(Value, part.ToString()!, StringComparison.Ordinal));
    }

    private static void Let(string folder, UnixFileMode others)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | others);
        }
    }
}

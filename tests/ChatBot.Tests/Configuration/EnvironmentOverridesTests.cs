using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Configuration;

public sealed class EnvironmentOverridesTests : IDisposable
{
    private readonly Sample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Theory]
    [InlineData("CHATBOT__IRC__NICK")]
    [InlineData("chatbot__irc__nick")]
    [InlineData("ChatBot__Irc__Nick")]
    public void A_variable_wins_over_the_file_in_any_case(string name)
    {
        _sample.Environment[name] = "hector";

        Assert.Equal("hector", _sample.Settings().Irc.Nick);
    }

    [Fact]
    public void A_variable_takes_the_type_of_its_key()
    {
        _sample.Environment["CHATBOT__IRC__TLS"] = "false";
        _sample.Environment["CHATBOT__IRC__SERVERS"] = "localhost:6667, [::1]:6668";
        _sample.Environment["CHATBOT__WELCOME__PER_MINUTE"] = "7";
        _sample.Environment["CHATBOT__SPEECH__GROUP_WAIT"] = "1m30s";
        _sample.Folder.Write("welcome.fr.md", "Bonjour");
        _sample.Folder.Write("welcome.en.md", "Hello");

        var settings = _sample.Settings();

        Assert.False(settings.Irc.Tls);
        Assert.Equal([new("localhost", 6667), new("::1", 6668)], settings.Irc.Servers);
        Assert.Equal(7, settings.Welcome.PerMinute);
        Assert.Equal(TimeSpan.FromSeconds(90), settings.Speech.GroupWait);
    }

    [Fact]
    public void A_number_names_a_table_of_a_list_and_the_next_one_adds_one()
    {
        _sample.Environment["CHATBOT__IRC__CHANNELS__0__NAME"] = "#renamed";
        _sample.Environment["CHATBOT__IRC__CHANNELS__1__NAME"] = "#root";
        _sample.Environment["CHATBOT__IRC__CHANNELS__1__AUDIENCE"] = "root";

        var channels = _sample.Settings().Irc.Channels.Select(channel => (channel.Name, channel.Audience));

        Assert.Equal([("#renamed", Audience.Public), ("#root", Audience.Root)], channels);
    }

    [Fact]
    public void Twelve_tables_are_added_in_the_order_of_their_numbers()
    {
        for (var i = 0; i < 12; i++)
        {
            _sample.Environment[$"CHATBOT__MAIL__SOURCES__{i}__KIND"] = "maildir";
            _sample.Environment[$"CHATBOT__MAIL__SOURCES__{i}__PATH"] = $"/mail/{i}";
        }

        Assert.Equal(12, _sample.Settings().Mail.Sources.Count);
    }

    [Fact]
    public void Machines_and_people_can_be_set_too()
    {
        _sample.Environment["CHATBOT__MACHINE__0__ABOUT"] = "always loaded";
        _sample.Environment["CHATBOT__PERSON__0__ROLES"] = "admin";

        var settings = _sample.Settings();

        Assert.Equal("always loaded", settings.Inventory.Find("hal")?.About);
        Assert.True(settings.People.Persons[0].IsAdmin);
    }

    [Fact]
    public void Variables_of_others_are_left_alone()
    {
        _sample.Environment["CHATBOT"] = "x";
        _sample.Environment["CHATBOTS__IRC__NICK"] = "x";
        _sample.Environment["PATH"] = "/bin";

        Assert.Equal("globot", _sample.Settings().Irc.Nick);
    }

    [Theory]
    [InlineData("CHATBOT__IRC__NIK", "x", "CHATBOT__IRC__NIK: `nik` is not known in [irc]; did you mean `nick`?")]
    [InlineData("CHATBOT__IRC__TLS", "maybe", "CHATBOT__IRC__TLS: `tls` is a text; write true or false, without quotes")]
    [InlineData("CHATBOT__IRC__SERVERS", "irc",
        "CHATBOT__IRC__SERVERS: `servers` has \"irc\"; write host:port, such as \"irc.example.org:6697\"")]
    [InlineData("CHATBOT__IRC__SERVERS", "",
        "CHATBOT__IRC__SERVERS: [irc] has no server; write servers = [\"irc.example.org:6697\"]")]
    [InlineData("CHATBOT__IRC", "x", "CHATBOT__IRC: `irc` is a text; write it as a table, [irc]")]
    [InlineData("CHATBOT__IRC__NICK__FIRST", "x", "CHATBOT__IRC__NICK__FIRST: `nick` has no such part; " + Parts)]
    [InlineData("CHATBOT__IRC__SERVERS__0", "x", "CHATBOT__IRC__SERVERS__0: `servers` has no such part; " + Parts)]
    [InlineData("CHATBOT__IRC__CHANNELS__2__NAME", "x", "CHATBOT__IRC__CHANNELS__2__NAME: `channels` has no such part; " + Parts)]
    [InlineData("CHATBOT__IRC__CHANNELS__FIRST__NAME", "x",
        "CHATBOT__IRC__CHANNELS__FIRST__NAME: `channels` has no such part; " + Parts)]
    public void A_mistake_names_its_variable(string name, string value, string expected)
    {
        _sample.Environment[name] = value;

        Assert.Equal([expected], _sample.Mistakes());
    }

    private const string Parts = "write a list whole, its items separated by commas, and number tables from 0";
}

using ChatBot.Configuration;
using Xunit;

namespace ChatBot.Tests.Configuration;

/// <summary>Who is believed from everywhere is named, with what to write.</summary>
public sealed class SendingPlaceWarningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Monitors_and_machines_without_a_place_are_named_and_so_are_wide_networks()
    {
        var warnings = WarningsOf(
            "networks = [\"127.0.0.0/8\", \"192.0.2.0/24\"]\ntrusted_senders = [\"*@*.example.org\"]\nmonitors = [\"nagios@mon.example.org\"]",
            "[[machine]]\nname = \"hal\"\n[[machine]]\nname = \"sud\"\naddresses = [\"192.0.2.7\"]");
        Assert.Equal(4, warnings.Count);
        Assert.Contains("{ address = \"nagios@mon.example.org\", from = [\"192.0.2.7\"] }", warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("Warning: nothing says from where hal writes, ", warnings[1], StringComparison.Ordinal);
        Assert.Contains("addresses = [\"192.0.2.7\"]", warnings[1], StringComparison.Ordinal);
        Assert.StartsWith("Warning: `networks` has 127.0.0.0/8: every program on the mail server", warnings[2], StringComparison.Ordinal);
        Assert.StartsWith("Warning: `networks` has 192.0.2.0/24, which is wider than the hosts of your monitors", warnings[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("monitors = [\"nagios@hal.example.org\"]\nnetworks = [\"192.0.2.7/32\"]")]
    [InlineData("monitors = [{ address = \"nagios@mon.example.org\", from = [\"2001:db8::/48\", \"local:111\"] }]\nnetworks = [\"2001:db8::/64\"]")]
    public void Where_all_is_listed_there_is_nothing_to_warn_of(string mail) => Assert.Empty(WarningsOf(
        mail + "\ntrusted_senders = [\"*@*.example.org\"]", "[[machine]]\nname = \"hal\"\nnames = [\"hal.example.org\"]\naddresses = [\"192.0.2.7\"]"));

    [Fact]
    public void A_name_beside_its_number_needs_no_word() => Assert.Empty(WarningsOf(
        "monitors = [{ address = \"nagios@mon.example.org\", from = [\"local:nagios\", \"local:111\"] }]", "[[machine]]\nname = \"hal\"\naddresses = [\"192.0.2.7\"]"));

    [Fact]
    public void A_name_that_Postfix_does_not_write_and_a_place_for_everybody_are_named()
    {
        var warnings = WarningsOf(
            "monitors = [{ address = \"nagios@mon.example.org\", from = [\"local:nagios\", \"local:*\"] }]", "[[machine]]\nname = \"hal\"\naddresses = [\"192.0.2.7\"]");
        Assert.Equal(2, warnings.Count);
        Assert.Contains("`id -u nagios`", warnings[0], StringComparison.Ordinal);
        Assert.Contains("\"local:*\" believes every account", warnings[1], StringComparison.Ordinal);
    }

    private List<string> WarningsOf(string mail, string machines)
    {
        _folder.Write("machines.toml", machines);
        _folder.Write("people.toml", "[[person]]\nname = \"lunar\"\n");
        var path = _folder.Write("chatbot.toml", $"""
            locale = "en"
            timezone = "Europe/Paris"
            data = "data"
            machines = "machines.toml"
            people = "people.toml"
            [irc]
            servers = ["irc.example.org:6697"]
            nick = "globot"
            [[irc.channels]]
            name = "#example"
            audience = "public"
            [mail]
            mx = "mail.example.org"
            {mail}
            [storage]
            provider = "sqlite"
            """);
        using StringWriter output = new(), errors = new();
        Assert.True(Check.Run(path, new Dictionary<string, string>(), output, errors) == 0, errors.ToString());
        return [.. output.ToString().Split('\n').Where(line => line.StartsWith("Warning: ", StringComparison.Ordinal))];
    }
}

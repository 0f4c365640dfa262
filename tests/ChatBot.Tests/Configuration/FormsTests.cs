using ChatBot.Configuration.Reading;
using ChatBot.Net;
using Xunit;

namespace ChatBot.Tests.Configuration;

public sealed class FormsTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("5s", 5)]
    [InlineData("90s", 90)]
    [InlineData("1m", 60)]
    [InlineData("1h30m", 5400)]
    [InlineData("2d1s", 172801)]
    public void A_duration_is_numbers_with_their_unit(string text, int seconds)
    {
        Assert.True(ValueParsers.Duration(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5 s")]
    [InlineData("5s\n")]
    [InlineData("-5s")]
    [InlineData("30m1h")]
    [InlineData("1.5h")]
    [InlineData("9999999999s")]
    public void Anything_else_is_no_duration(string text) => Assert.False(ValueParsers.Duration(text, out _));

    [Theory]
    [InlineData("irc.example.org:6697", "irc.example.org", 6697)]
    [InlineData("192.0.2.1:1", "192.0.2.1", 1)]
    [InlineData("[2001:db8::1]:65535", "2001:db8::1", 65535)]
    public void A_host_and_port_is_read_and_written_alike(string text, string host, int port)
    {
        Assert.True(HostPort.TryParse(text, out var value));
        Assert.Equal(new HostPort(host, port), value);
        Assert.Equal(text, value.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":6697")]
    [InlineData("irc.example.org")]
    [InlineData("irc.example.org:")]
    [InlineData("irc.example.org:0")]
    [InlineData("irc.example.org:65536")]
    [InlineData("irc.example.org:+1")]
    [InlineData("2001:db8::1:6697")]
    [InlineData("irc.example.org:99999")]
    [InlineData("[irc.example.org]:6697")]
    [InlineData("irc example:6697")]
    public void Anything_else_is_no_host_and_port(string text) => Assert.False(HostPort.TryParse(text, out _));

    [Theory]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("localhost:8080", "127.0.0.1:8080")]
    [InlineData("[::1]:8080", "[::1]:8080")]
    [InlineData("[::]:80", "[::]:80")]
    [InlineData("*:80", null)]
    [InlineData("localhost:0", null)]
    [InlineData("8080", null)]
    [InlineData(":8080", null)]
    [InlineData("::1:8080", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("127.0.0.1:99999", null)]
    [InlineData("www.globenet.org:80", null)]
    public void A_place_to_listen_is_an_address_of_this_machine_and_a_port(string text, string? expected) =>
        Assert.Equal(expected, ValueParsers.Listen(text, out var listen) ? listen.ToString() : null);

    [Theory]
    [InlineData("localhost:1", true)]
    [InlineData("127.8.0.1:1", true)]
    [InlineData("[::1]:1", true)]
    [InlineData("localhost.example.org:1", false)]
    [InlineData("0.0.0.0:1", false)]
    public void Loopback_is_what_never_leaves_this_machine(string text, bool loopback)
    {
        Assert.True(HostPort.TryParse(text, out var value));
        Assert.Equal(loopback, value.IsLoopback);
    }
}

using System.Text;
using ChatBot.Core.Incidents;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Monitoring;

public sealed class NagiosCommandsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1795614426);

    [Fact]
    public void The_commands_of_a_host_name_the_host() => Assert.Equal(
        "[1795614426] ACKNOWLEDGE_HOST_PROBLEM;hal;2;0;0;lunar;je regarde l’IMAP (ChatBot #4)\n[1795614426] REMOVE_HOST_ACKNOWLEDGEMENT;hal\n",
        Written(new MonitorAction.Acknowledge(Check("hal", null), "lunar", "je regarde l'IMAP", MonitorMark.Of(4)))
        + Written(new MonitorAction.RemoveAcknowledgement(Check("hal", null))));

    [Theory]
    [InlineData("hal;x", "IMAP"), InlineData("hal", "IMAP;2"), InlineData("hal\n", "IMAP"), InlineData("hal", "IM\rAP"), InlineData("hal\0", null)]
    [InlineData("", "IMAP"), InlineData("hal", ""), InlineData("hal", "a\u0085b"), InlineData("hal", " IMAP")]
    public void A_name_that_is_more_than_a_name_is_never_written(string host, string? service) =>
        Assert.Null(NagiosCommands.Write(new MonitorAction.Acknowledge(Check(host, service), "lunar", "x", "(ChatBot #1)"), Now));

    [Fact]
    public void Nothing_is_longer_than_the_kernel_takes_at_once()
    {
        var name = new string('é', 255);
        var words = new string('…', 5000);
        var written = NagiosCommands.Write(new MonitorAction.ScheduleDowntime(name, Now, Now, words, words, "(ChatBot i1)"), Now)!;
        Assert.InRange(written.Length, 1, NagiosCommands.MostBytes);
        Assert.Equal((byte)'\n', written[^1]);

        var many = Enumerable.Range(1, 500).Select(id => new MonitoredDowntime($"{id}", "hal", "IMAP", "")).ToList();
        written = NagiosCommands.Write(new MonitorAction.DeleteDowntimes(many), Now)!;
        Assert.InRange(written.Length, 4000, NagiosCommands.MostBytes);
        Assert.Equal((byte)'\n', written[^1]);
    }

    [Fact]
    public void An_author_of_whom_nothing_is_left_is_the_bot() => Assert.Contains(
        ";2;0;0;ChatBot;x ", Written(new MonitorAction.Acknowledge(Check("hal", "IMAP"), "`$\n", "x", "")), StringComparison.Ordinal);

    [Fact]
    public void An_order_is_read_back_as_it_was_written()
    {
        MonitorOrder[] orders =
        [
            new MonitorOrder.Acknowledge(42, PublicText.Declared("lunar"), new RootText("je regarde")),
            new MonitorOrder.Unacknowledge(42),
            new MonitorOrder.ScheduleDowntime("i7", PublicText.Declared("hal"), Now, Now.AddHours(1), PublicText.Declared("lunar"), default),
            new MonitorOrder.CancelDowntime("i7", PublicText.Declared("hal")),
        ];
        Assert.Equal(orders, orders.Select(order => MonitorOrders.Read(MonitorOrders.Write(order))));
        Assert.Null(MonitorOrders.Read("acknowledge\nx\ny\nz"));
        Assert.Null(MonitorOrders.Read(""));
    }

    [Theory]
    [InlineData("je regarde (ChatBot #42)", true), InlineData("(ChatBot #42)", true), InlineData("(ChatBot #42) et moi", false)]
    [InlineData("(ChatBot #4x)", false), InlineData("(ChatBot i7)", false), InlineData("ChatBot", false)]
    public void Our_own_comments_are_known_again(string comment, bool isOurs) =>
        Assert.Equal(isOurs, MonitorMark.IsOurs(new RootText(comment)));

    private static MonitoredCheck Check(string host, string? service) => new() { Host = host, Service = service, State = CheckState.Critical };

    private static string Written(MonitorAction action) => Encoding.UTF8.GetString(NagiosCommands.Write(action, Now)!);
}

using System.Text;
using ChatBot.Core.Machines;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Monitoring;

/// <summary>Answers as Icinga 2.13.6 writes them, and answers of nobody.</summary>
public sealed class IcingaStateTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1795616600);

    [Fact]
    public void Hosts_and_services_are_read_and_what_was_never_checked_is_no_problem()
    {
        var state = Parse(
            hosts: One("hal", """{"acknowledgement":1,"downtime_depth":0,"flapping":false,"last_check":-1,"last_reachable":true,"name":"hal","state":1,"state_type":0}""")
                + "," + One("sql", """{"acknowledgement":0,"downtime_depth":2,"flapping":true,"last_check":1795616534.8,"last_reachable":false,"name":"sql","state":1.0,"state_type":1}"""),
            services: One("hal!procs", """{"display_name":"Processes","host_name":"hal","last_check":1795616534.8,"last_state_change":1795616500.7,"name":"procs","state":3,"state_type":1}"""))!;

        Assert.Equal(At, state.CreatedAt);
        Assert.Equal(
            [
                new MonitoredCheck { Host = "hal", State = CheckState.Up, IsAcknowledged = true },
                new MonitoredCheck { Host = "sql", State = CheckState.Unreachable, IsHard = true, IsChecked = true, IsFlapping = true, IsInDowntime = true },
                new MonitoredCheck
                {
                    Host = "hal", Service = "procs", Label = "Processes", State = CheckState.Unknown, IsHard = true, IsChecked = true,
                    Since = DateTimeOffset.FromUnixTimeSeconds(1795616500),
                },
            ],
            state.Checks);
        Assert.Same(state.Checks[2], state.Find(Name.OfMachine("hal"), Name.OfService("processes"), Inventory.Empty));
        Assert.Same(state.Checks[2], state.Find(Name.OfMachine("hal"), Name.OfService("procs"), Inventory.Empty));
    }

    [Fact]
    public void The_newest_comment_of_an_acknowledgement_is_its_own()
    {
        const string comment = """{"host_name":"hal","service_name":"","entry_time":TIME,"author":"a","text":"TIME"}""";
        var state = Parse(
            hosts: One("hal", """{"acknowledgement":2,"state":1}"""),
            comments: string.Join(',', ((string[])["20.5", "10"]).Select(time => One("x", comment.Replace("TIME", time, StringComparison.Ordinal)))),
            notifications: One("hal!mail", """{"host_name":"hal","service_name":"","notification_number":2}"""))!;
        var check = Assert.Single(state.Checks);
        Assert.Equal(("20.5", DateTimeOffset.FromUnixTimeSeconds(20)), (check.Ack!.Comment.Value, check.Ack.At));
        Assert.True(check.IsNotified);
    }

    [Theory]
    [InlineData("""{"state":7}""")]
    [InlineData("""{"state":-1}""")]
    [InlineData("""{"state":1e300}""")]
    [InlineData("""{"state":"1"}""")]
    [InlineData("{}")]
    public void What_is_no_host_is_skipped(string attrs) => Assert.Empty(Parse(hosts: One("hal", attrs))!.Checks);

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("""{"name":"hal"}""")]
    [InlineData("""{"name":"hal","attrs":[]}""")]
    [InlineData("""{"name":"\ud800","attrs":{}}""")]
    public void What_is_no_answer_is_no_state(string one)
    {
        if (one.Length == 0)
        {
            Assert.Null(IcingaState.Parse([.. Enumerable.Repeat(default(ReadOnlyMemory<byte>), 5)], At));
        }
        else
        {
            Assert.Null(Parse(hosts: one));
        }
    }

    [Fact]
    public void Nesting_without_end_is_no_state() => Assert.Null(Parse(hosts: new string('[', 100_000)));

    private static string One(string name, string attrs) => $$"""{"attrs":{{attrs}},"joins":{},"meta":{},"name":"{{name}}","type":"X"}""";

    private static MonitorState? Parse(string hosts = "", string services = "", string comments = "", string downtimes = "", string notifications = "") =>
        IcingaState.Parse(
            [.. ((string[])[hosts, services, comments, downtimes, notifications]).Select(objects => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(IcingaScene.Results(objects)))],
            At);
}

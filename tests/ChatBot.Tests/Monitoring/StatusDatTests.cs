using ChatBot.Core.Monitoring;
using ChatBot.Core.Reports;
using ChatBot.Tests.Configuration;
using Xunit;

namespace ChatBot.Tests.Monitoring;

public sealed class StatusDatTests
{
    [Fact]
    public void The_file_of_a_real_Nagios_4_4_6_is_read()
    {
        var state = Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "ChatBot.Tests", "Monitoring", "status.dat")))!;
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795614426), state.CreatedAt);
        Assert.Equal([(null, CheckState.Up), ("POP3", CheckState.Critical)], state.Checks.Select(check => (check.Service, check.State)));
        Assert.All(state.Checks, check => Assert.True(check is { Host: "hal.globenet.org", IsHard: true, IsInDowntime: true }));
        Assert.True(state.Checks[1] is { IsChecked: true, IsNotified: true, IsAcknowledged: true, IsFlapping: false });
        Assert.Equal([null, DateTimeOffset.FromUnixTimeSeconds(1795614425)], state.Checks.Select(check => check.Since));
        Assert.Equal("marie", state.Checks[1].Ack!.Author.Value);
        Assert.Equal("je regarde ; encore = un peu", state.Checks[1].Ack!.Comment.Value);
        Assert.Equal([("1", null), ("2", "POP3")], state.Downtimes.Select(one => (one.Id, one.Service)));
        Assert.All(state.Downtimes, one => Assert.Equal("travaux (ChatBot i7)", one.Comment));
    }

    [Theory]
    [InlineData(""), InlineData("\0\u0001{"), InlineData("info {\n\tcreated=\n\t}"), InlineData("info {\n\tcreated=99999999999999999999\n\t}")]
    [InlineData("info {\n\tcreated=1\n"), InlineData("hoststatus {\n\thost_name=hal\n\tcurrent_state=0\n\t}\n")]
    public void What_does_not_say_when_it_was_made_is_no_state(string text) => Assert.Null(Parse(text));

    [Fact]
    public void What_is_unknown_unfinished_or_out_of_range_is_skipped()
    {
        var state = Parse("""
            info {
                created=1795614426
                }
            novelty {
                host_name=hal
                }
            hoststatus {
                host_name=hal
                current_state=9
                }
            hoststatus {
                current_state=1
                }
            servicestatus {
                host_name=hal
                current_state=1
                }
            servicestatus {
                host_name=hal
                service_description=IMAP
                plugin_output=}
                =
                current_state=1
                }
            hostdowntime {
                downtime_id=-1
                host_name=hal
                }
            hoststatus {
                host_name=filer
                current_state=0
            """)!;
        Assert.Equal("IMAP", Assert.Single(state.Checks).Service);
        Assert.Empty(state.Downtimes);
    }

    [Fact]
    public void A_file_without_end_is_not_kept_without_end()
    {
        var block = "hostdowntime {\nhost_name=h\ndowntime_id=1\n}\n";
        var text = "info {\ncreated=1\n}\n" + string.Concat(Enumerable.Repeat(block, StatusDat.MostBlocks + 10));
        Assert.Equal(StatusDat.MostBlocks - 1, Parse(text)!.Downtimes.Count);
    }

    private static MonitorState? Parse(string text) => StatusDat.Parse(new StringReader(text));
}

using ChatBot.Changelog;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Changelog;

/// <summary>What OpenSSH 9.2 says at LogLevel VERBOSE through one bastion.</summary>
public sealed class SshFailureTests
{
    private const string SudPassed = "Authenticated to 127.0.0.12 ([127.0.0.12]:22) using \"publickey\".\n";
    private const string HalPassed = "Authenticated to 127.0.0.13 (via proxy) using \"publickey\".\n";
    private const string Closed = "Connection closed by UNKNOWN port 65535\n";

    private const string X = "ok 1 2 73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac /root/changelog\n";
    private const string Y = "ok 3 4 3bb2abb69ebb27fbfe63c7639624c6ec5e331b841a5bc8c3ebc10b9285e90877 /root/changelog\n";

    private static readonly SshHop Sud = new("sud", "127.0.0.12", 22);
    private static readonly SshHop Hal = new("hal", "127.0.0.13", 22);

    [Theory]
    [InlineData(255, "ssh: connect to host 127.0.0.12 port 22: Connection refused\n" + Closed, "sud", SshTrouble.Unreachable)]
    [InlineData(255, "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.\n" + Closed, "sud", SshTrouble.HostKeyChanged)]
    [InlineData(255, SudPassed + "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.\n", "hal", SshTrouble.HostKeyChanged)]
    [InlineData(255, SudPassed + "No ED25519 host key is known for 127.0.0.13 and you have requested strict checking.\nHost key verification failed.\n", "hal", SshTrouble.HostKeyUnknown)]
    [InlineData(255, "bot@127.0.0.12: Permission denied (publickey).\n" + Closed, "sud", SshTrouble.Denied)]
    [InlineData(255, SudPassed + "bot@127.0.0.13: Permission denied (publickey).\n", "hal", SshTrouble.Denied)]
    [InlineData(255, SudPassed + "channel 0: open failed: administratively prohibited: open failed\nstdio forwarding failed\n" + Closed, "sud", SshTrouble.PassageRefused)]
    [InlineData(255, SudPassed + "channel 0: open failed: connect failed: Connection refused\nstdio forwarding failed\n" + Closed, "hal", SshTrouble.Unreachable)]
    [InlineData(255, SudPassed + HalPassed + "Connection reset by 127.0.0.13 port 22\n", "hal", SshTrouble.Unreachable)]
    [InlineData(1, SudPassed + HalPassed + "sudo: a password is required\n", "hal", SshTrouble.NotSetUp)]
    [InlineData(127, SudPassed + HalPassed + "sh: 1: /usr/lib/chatbot/changelog-append: not found\n", "hal", SshTrouble.NotSetUp)]
    [InlineData(0, SudPassed + HalPassed, "hal", SshTrouble.NotUnderstood)]
    [InlineData(65, SudPassed + HalPassed, "hal", SshTrouble.NotUnderstood)]
    [InlineData(75, SudPassed + HalPassed, "hal", SshTrouble.NotUnderstood)]
    [InlineData(null, SudPassed, "hal", SshTrouble.Unreachable)]
    [InlineData(null, "", "sud", SshTrouble.Unreachable)]
    public void The_hop_that_failed_is_the_first_that_was_not_passed(int? code, string said, string hop, object trouble) =>
        Assert.Equal((hop, (SshTrouble)trouble), SshFailure.Of(new SshRun(code, "", said), [Sud, Hal]) is var failure ? (failure.Hop.Name, failure.Trouble) : default);

    [Fact]
    public void An_address_is_left_alone_longer_each_time_and_said_once()
    {
        var time = new JumpingClock(DateTimeOffset.UnixEpoch);
        var patience = new SshPatience(time);
        var minutes = new List<double>();
        var said = new List<int>();
        for (var failure = 1; failure <= 10; failure++)
        {
            var (wait, isToSay) = patience.Failed(new SshFailure(Sud, SshTrouble.Unreachable));
            minutes.Add(wait.TotalMinutes);
            if (isToSay)
            {
                said.Add(failure);
            }

            Assert.Equal(wait, patience.Left([Sud, Hal]));
            time.Advance(wait);
            Assert.Null(patience.Left([Sud, Hal]));
        }

        Assert.Equal([0.5, 2, 15, 30, 60, 120, 240, 360, 360, 360], minutes);
        Assert.Equal([3], said);
        patience.Worked([Sud, Hal]);
        Assert.Equal((TimeSpan.FromSeconds(30), true), patience.Failed(new SshFailure(Sud, SshTrouble.Denied)));
        Assert.Null(patience.Left([Hal]));
    }

    [Theory]
    [InlineData(0, "ok 1 2 0000000000000000000000000000000000000000000000000000000000000000 /root/changelog\n")]
    [InlineData(0, "ok 1 2 73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac /root/change log\n")]
    [InlineData(0, "ok 1 2 73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac /root/changelog\nmore\n")]
    [InlineData(0, "")]
    [InlineData(0, "ok 1 2 73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac /root/changelog")]
    [InlineData(75, "busy \u001b[2J lunar /root/changelog\n")]
    [InlineData(65, "ok 1 2 73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac /root/changelog\n")]
    public void What_is_no_answer_about_this_very_text_counts_for_nothing(int code, string output) =>
        Assert.Empty(SshAnswer.Of(new SshRun(code, output, ""), ["x"]));

    [Theory]
    [InlineData(0, X + Y, "A1 A3")]
    [InlineData(0, Y + X, "")]
    [InlineData(255, X, "A1")]
    [InlineData(null, X + "ok 3 4 bee8e", "A1")]
    [InlineData(74, X + "failed disk /root/changelog\n", "A1 disk")]
    [InlineData(75, X + "busy vim lunar /root/changelog\n", "A1 vim")]
    [InlineData(75, "busy vim lunar /root/changelog\n" + Y, "")]
    [InlineData(65, "refused too-long\n", "too-long")]
    public void Each_entry_is_confirmed_by_its_own_line_and_in_order(int? code, string output, string expected) =>
        Assert.Equal(expected, string.Join(' ', SshAnswer.Of(new SshRun(code, output, ""), ["x", "y"]).Select(outcome => outcome switch
        {
            SshOutcome.Appended appended => $"A{appended.First}",
            SshOutcome.NotWritten no => no.Reason,
            SshOutcome.Busy busy => busy.Program,
            SshOutcome.Refused refused => refused.Reason,
            _ => "?",
        })));

    [Fact]
    public void The_right_answer_counts() => Assert.Equal(
        [new SshOutcome.Appended(1, 2, "/root/changelog")], SshAnswer.Of(new SshRun(0, X, ""), ["x"]));
}

using System.Globalization;
using System.Text;
using ChatBot.Core.Irc;
using ChatBot.Irc;
using ChatBot.Tests.EndToEnd;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class HostileSilenceTests
{
    [Fact]
    public async Task A_server_that_talks_and_no_longer_reads_is_read_to_the_end_and_then_left()
    {
        var time = new FakeTimeProvider();
        var connections = new List<SimulatedStream>();
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = new CancellationTokenSource();
        using var client = new IrcClient(
            RunningClient.Settings(6667), (_, _) => ValueTask.FromResult<Stream>(Open()), time, NullLogger<IrcClient>.Instance, () => 0);
        var running = client.RunAsync(stop.Token);
        Say(":irc.test 001 globot :Welcome", ":globot!g@h JOIN #globenet");
        await client.Events.NextAsync<IrcEvent.Joined>();
        var said = client.SayAsync("#globenet", "hello", SayKind.Privmsg, SayPriority.Relay, CancellationToken.None);
        for (var i = 0; i < 5_000; i++)
        {
            Say($":alice!a@h PRIVMSG #globenet :{i}");
        }

        for (var i = 0; i < 5_000; i++)
        {
            Assert.Equal(i.ToString(CultureInfo.InvariantCulture), (await client.Events.NextAsync<IrcEvent.Message>()).Text);
        }

        while (!second.Task.IsCompleted)
        {
            Say("PING :still here");
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(second.Task, Task.Delay(TimeSpan.FromMilliseconds(1), RealClock.Instance));
        }

        Assert.IsType<SayResult.TryLater>(await said);
        await stop.CancelAsync();
        while (!running.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(1), RealClock.Instance));
        }

        SimulatedStream Open()
        {
            // The first write is accepted, and then none: the buffers of the kernel are full.
            var writes = 0;
            var stream = new SimulatedStream(
                (_, cancellationToken) => writes++ == 0 ? ValueTask.CompletedTask : new ValueTask(Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken)), _ => { });
            lock (connections)
            {
                connections.Add(stream);
            }

            if (connections.Count > 1)
            {
                second.TrySetResult();
            }

            return stream;
        }

        void Say(params ReadOnlySpan<string> lines)
        {
            lock (connections)
            {
                foreach (var line in lines)
                {
                    connections[0].Send(Encoding.UTF8.GetBytes(line + "\r\n"));
                }
            }
        }
    }
}

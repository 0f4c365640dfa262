using System.Text;
using ChatBot.Irc;
using ChatBot.Metrics;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class ReaderTests
{
    private const int LongestLine = 8191 + 4096;

    private static readonly Gen<byte[]> Line = Gen.Int[0, 12].Select(i => Lines[i]);

    private readonly IrcCounters _counters = new();

    private static byte[][] Lines =>
    [
        "PING :x\r\n"u8.ToArray(), ":a!b@c PRIVMSG #x :né 😀\n"u8.ToArray(), "\r\n"u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(),
        [.. ":a!b@c PRIVMSG #x :caf"u8, 0xe9, (byte)'\n'], "a\0b\n"u8.ToArray(), ":nobody\r\n"u8.ToArray(), [0xc3], "日本"u8.ToArray(),
        "@time=x;account=y :a JOIN #x * :r\r\n"u8.ToArray(), Long(LongestLine), Long(LongestLine + 1),
    ];

    [Fact]
    public void The_same_bytes_give_the_same_messages_however_the_network_cuts_them() =>
        Gen.Select(Line.Array[0, 12], Gen.Int[1, 40].Array[1, 20]).Sample((lines, sizes) =>
        {
            byte[] bytes = [.. lines.SelectMany(line => line)];

            var (atOnce, countersAtOnce) = Read(bytes, [int.MaxValue]);
            var (inPieces, countersInPieces) = Read(bytes, sizes);

            Assert.Equal(atOnce, inPieces);
            Assert.Equal(countersAtOnce.OverlongLines, countersInPieces.OverlongLines);
            Assert.Equal(countersAtOnce.MalformedLines, countersInPieces.MalformedLines);
        }, iter: 200);

    [Fact]
    public void A_line_may_be_cut_at_every_byte()
    {
        var bytes = "@a=é :n!u@h PRIVMSG #x :日本 😀\r\n\r\nPING :é\nPING :half"u8.ToArray();
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            Assert.Equal(["@a=é :n!u@h PRIVMSG #x :日本 😀", "PING é"], Read(bytes, [cut, int.MaxValue]).Messages);
        }
    }

    [Fact]
    public void Tags_of_8191_bytes_with_a_body_of_4096_are_read_and_one_byte_more_is_dropped_and_counted()
    {
        var tags = $"@a={new string('b', 8191 - "@a= ".Length)} ";
        var body = "PRIVMSG #x :" + new string('c', 4096 - "PRIVMSG #x :".Length);
        Assert.Equal(8191, tags.Length);

        var (messages, counters) = Read(Encoding.UTF8.GetBytes($"{tags}{body}\n{tags}{body}d\nPING x\n"), [1000]);

        Assert.Equal([tags + body.Replace(":", ""), "PING x"], messages);
        Assert.Equal(1, counters.OverlongLines);
    }

    [Fact]
    public async Task A_half_line_at_the_end_is_never_acted_on()
    {
        var reader = new IrcLineReader(new Pieces("PING :x\nQUIT :half"u8.ToArray(), [int.MaxValue]), _counters);

        Assert.Equal("PING", Assert.Single((await reader.ReadAsync(TestContext.Current.CancellationToken))!).Verb);
        Assert.Null(await reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_line_without_end_takes_no_memory()
    {
        var reader = new IrcLineReader(new Pieces(new byte[10_000_000].Select(_ => (byte)'A').ToArray(), [10_000]), _counters);
        var before = GC.GetAllocatedBytesForCurrentThread();

        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } messages)
        {
            Assert.Empty(messages);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Equal(1, _counters.OverlongLines);
    }

    private static byte[] Long(int length) => [.. "PING "u8, .. Enumerable.Repeat((byte)'p', length - "PING ".Length), (byte)'\n'];

    private static (List<string> Messages, IrcCounters Counters) Read(byte[] bytes, int[] sizes)
    {
        var counters = new IrcCounters();
        var reader = new IrcLineReader(new Pieces(bytes, sizes), counters);
        var all = new List<string>();
        while (reader.ReadAsync(default).AsTask().GetAwaiter().GetResult() is { } messages)
        {
            all.AddRange(messages.Select(m => m.ToString()));
        }

        return (all, counters);
    }

    /// <summary>Gives so many bytes a read, by turns.</summary>
    private sealed class Pieces(byte[] bytes, int[] sizes) : MemoryStream(bytes)
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, sizes[_reads++ % sizes.Length])], cancellationToken);
    }
}

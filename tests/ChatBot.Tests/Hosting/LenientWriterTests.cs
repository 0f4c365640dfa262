using ChatBot.Hosting;
using Xunit;

namespace ChatBot.Tests.Hosting;

public sealed class LenientWriterTests
{
    [Fact]
    public async Task What_the_disk_does_not_take_is_dropped()
    {
        await using var full = new StreamWriter(new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0), bufferSize: -1) { AutoFlush = true };
        Assert.Throws<IOException>(() => full.WriteLine("x"));
        await using var lenient = new LenientWriter(full);

        lenient.Write('x');
        lenient.Write("x".ToCharArray());
        lenient.Write("x");
        lenient.WriteLine("x");
        lenient.Write("{0}", 1);
        await lenient.WriteLineAsync("x");
        await lenient.FlushAsync();
    }

    [Fact]
    public async Task Everything_else_is_written()
    {
        var written = new StringWriter();
        await using var lenient = new LenientWriter(written);
        lenient.Write('a');
        lenient.Write("b".ToCharArray());
        lenient.Write("c");
        await lenient.WriteLineAsync("é");
        Assert.Equal($"abcé{Environment.NewLine}", written.ToString());
    }
}

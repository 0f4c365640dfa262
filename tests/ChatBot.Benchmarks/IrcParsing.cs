using BenchmarkDotNet.Attributes;
using ChatBot.Core.Irc;
using ChatBot.Irc;
using ChatBot.Metrics;

namespace ChatBot.Benchmarks;

/// <summary>
/// Ten lines as servers send them, 126 bytes in the mean, three with tags. Times and bytes are for one line. A message makes its
/// strings when they are asked for, so that only the second and the fourth compare with a parser that makes them at once.
/// </summary>
[MemoryDiagnoser]
public class IrcParsing
{
    private const int Lines = 10;
    private const int Rounds = 1000;

    private readonly byte[][] _lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "irc-lines.txt"))
        .Select(System.Text.Encoding.UTF8.GetBytes).Take(Lines).ToArray();

    private byte[] _stream = [];

    [GlobalSetup]
    public void Open()
    {
        var round = _lines.SelectMany(line => (byte[])[.. line, (byte)'\r', (byte)'\n']);
        _stream = [.. Enumerable.Repeat(round, Rounds).SelectMany(bytes => bytes)];
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public int Parse()
    {
        var length = 0;
        foreach (var line in _lines)
        {
            length += IrcMessage.Parse(line)!.Verb.Length;
        }

        return length;
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public int ParseAndReadEverything()
    {
        var length = 0;
        foreach (var line in _lines)
        {
            length += Everything(IrcMessage.Parse(line)!);
        }

        return length;
    }

    [Benchmark(OperationsPerInvoke = Lines * Rounds)]
    public async Task<int> FromTheStream()
    {
        var length = 0;
        var reader = Reader();
        while (await reader.ReadAsync(default) is { } messages)
        {
            foreach (var message in messages)
            {
                length += message.Verb.Length;
            }
        }

        return length;
    }

    [Benchmark(OperationsPerInvoke = Lines * Rounds)]
    public async Task<int> FromTheStreamAndReadEverything()
    {
        var length = 0;
        var reader = Reader();
        while (await reader.ReadAsync(default) is { } messages)
        {
            foreach (var message in messages)
            {
                length += Everything(message);
            }
        }

        return length;
    }

    private IrcLineReader Reader() => new(new MemoryStream(_stream), new IrcCounters());

    private static int Everything(IrcMessage message)
    {
        var length = (message.Source?.Length ?? 0) + message.Verb.Length;
        for (var i = 0; i < message.Params.Count; i++)
        {
            length += message[i].Length;
        }

        return message.Tags.IsEmpty ? length : length + message.Tags.ToDictionary().Count;
    }
}

using BenchmarkDotNet.Attributes;
using ChatBot.Core.Irc;

namespace ChatBot.Benchmarks;

/// <summary>Ten lines as servers send them, seven without tags; the mean is for one line.</summary>
[MemoryDiagnoser]
public class IrcParsing
{
    private const int Lines = 10;

    private readonly byte[][] _lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "irc-lines.txt"))
        .Select(System.Text.Encoding.UTF8.GetBytes).Take(Lines).ToArray();

    [Benchmark(OperationsPerInvoke = Lines)]
    public int Parse()
    {
        var parameters = 0;
        foreach (var line in _lines)
            parameters += IrcMessage.Parse(line)!.Params.Count;
        return parameters;
    }
}

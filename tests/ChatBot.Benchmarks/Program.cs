using System.Globalization;
using BenchmarkDotNet.Running;
using ChatBot.Benchmarks;

// growth FOLDER [INCIDENTS [OPEN]]: an empty store beside a grown one; anything else is for BenchmarkDotNet.
if (args is ["growth", var folder, .. var numbers])
{
    var counts = numbers.Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
    await Growth.RunAsync(folder, counts is [var incidents, ..] ? incidents : 1_000_000, counts is [_, var open, ..] ? open : 0);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(IrcParsing).Assembly).Run(args);

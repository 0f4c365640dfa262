using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(ChatBot.Benchmarks.IrcParsing).Assembly).Run(args);

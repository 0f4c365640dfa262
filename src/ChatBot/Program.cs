using ChatBot.Hosting;

#pragma warning disable RS0030 // The real clock and the real terminal enter here and are handed on.
return await new CommandLineInterface(Console.OpenStandardInput(), Console.Out, new LenientWriter(Console.Error), TimeProvider.System).RunAsync(args);
#pragma warning restore RS0030

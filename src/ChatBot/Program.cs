using ChatBot.Hosting;

#pragma warning disable RS0030 // The real clock and the real terminal enter here and are handed on.
return await new CommandLineInterface(Input(), Console.Out, new LenientWriter(Console.Error), TimeProvider.System).RunAsync(args);

static Stream Input()
{
    try
    {
        return Console.OpenStandardInput();
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        return new ClosedInput(e);
    }
}
#pragma warning restore RS0030

using ChatBot.Hosting;

#pragma warning disable RS0030 // The real clock and the real terminal enter here and are handed on.
// The input first: what is opened takes the place of a stream that is closed, and the program would read its own output.
Stream input;
try
{
    input = Console.OpenStandardInput();
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    input = new ClosedInput(e);
}

var output = Opened(() => Console.Out);
var errors = new LenientWriter(Opened(() => Console.Error));
return await new CommandLineInterface(input, output, errors, TimeProvider.System).RunAsync(args);

static TextWriter Opened(Func<TextWriter> open)
{
    try
    {
        return open();
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        // Closed from the start, as by >&-: nobody wants it.
        return TextWriter.Null;
    }
}
#pragma warning restore RS0030

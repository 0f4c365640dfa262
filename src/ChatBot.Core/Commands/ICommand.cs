namespace ChatBot.Core.Commands;

/// <summary>
/// One IRC command: one file in <c>commands/</c>. Rights, rate, number of words and time-out are checked before it.
/// What it needs it names in its constructor. Calls of several people run side by side.
/// </summary>
public interface ICommand
{
    CommandHelp Help { get; }

    ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken);
}

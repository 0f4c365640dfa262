namespace ChatBot.Core.Irc.Session;

/// <summary>What a session has decided since it was last asked: lines to write, in order, and events.</summary>
internal sealed class Outputs
{
    public List<string> Lines { get; private set; } = [];

    public List<IrcEvent> Events { get; private set; } = [];

    public IReadOnlyList<string> TakeLines()
    {
        if (Lines.Count == 0)
        {
            return [];
        }

        var outputs = Lines;
        Lines = [];
        return outputs;
    }

    public IReadOnlyList<IrcEvent> TakeEvents()
    {
        if (Events.Count == 0)
        {
            return [];
        }

        var outputs = Events;
        Events = [];
        return outputs;
    }
}

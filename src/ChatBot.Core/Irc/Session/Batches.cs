namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Open batches (IRCv3 batch). Lines of a batch are handled as they come; a batch only says what they are part of. One that is
/// never closed costs its name, and only so many are kept.
/// </summary>
internal sealed class Batches
{
    private const int MostOpen = 32;
    private readonly Dictionary<string, (string Type, string? Label)> _open = new(StringComparer.Ordinal);

    public Batches(VerbTable verbs) => verbs.On(OnBatch, "BATCH");

    public bool IsIn(IrcMessage message, params ReadOnlySpan<string> types) =>
        message.Tags["batch"] is { } name && _open.TryGetValue(name, out var batch) && types.Contains(batch.Type);

    /// <summary>The label of the line, or of the batch it stands in: the command of ours that it answers.</summary>
    public string? LabelOf(IrcMessage message)
    {
        if (message.Tags.IsEmpty)
        {
            return null;
        }

        return message.Tags["label"]
            ?? (message.Tags["batch"] is { } name && _open.TryGetValue(name, out var batch) ? batch.Label : null);
    }

    private void OnBatch(IrcMessage message)
    {
        var name = message[0];
        if (name.StartsWith('-'))
        {
            _open.Remove(name[1..]);
        }
        else if (name.StartsWith('+') && _open.Count < MostOpen)
        {
            _open[name[1..]] = (message[1], LabelOf(message));
        }
    }
}

namespace ChatBot.Core.People;

/// <summary>
/// Somebody seen without a break under one nick. It ends once they leave a channel that we are in too, quit, change nick, or are out
/// of our sight; the next owner of the nick has another one. Two are never equal. Read from any thread.
/// </summary>
/// <param name="nick">As the server shows it, letter for letter.</param>
/// <param name="key">The nick as the network compares nicks.</param>
public sealed class Stay(string nick, string key)
{
    private volatile bool _isOver;

    public string Nick { get; } = nick;

    public string Key { get; } = key;

    public bool IsOver => _isOver;

    public void End() => _isOver = true;
}

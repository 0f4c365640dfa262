namespace ChatBot.Core.Irc;

/// <summary>
/// Who said a line, as the server showed them on that very line, so that a question about them can only be answered for the same
/// hands. UserHost is "user@host", "" where the line shows less, and is never logged; SaidAt is a reading of the session's clock.
/// </summary>
public sealed record IrcAuthor(string Nick, string UserHost, TimeSpan SaidAt)
{
    // A record prints its members; an address is nobody's business.
    public override string ToString() => Nick;
}

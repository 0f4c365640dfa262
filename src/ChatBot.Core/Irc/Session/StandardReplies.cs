namespace ChatBot.Core.Irc.Session;

/// <summary>
/// FAIL, WARN and NOTE (IRCv3 standard-replies) of any command, reported by command and code: the rest is free text and may name people.
/// </summary>
internal sealed class StandardReplies
{
    private const int LongestWord = 40;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly LinkState _state;
    private readonly TokenBucket _reports = new(10, Interval);

    public StandardReplies(LinkState state, VerbTable verbs)
    {
        _state = state;
        verbs.On(Report, "FAIL", "WARN", "NOTE");
    }

    private void Report(IrcMessage message)
    {
        if (!_reports.TrySpend(1, 0, _state.Now))
        {
            return;
        }

        _state.Emit(new IrcEvent.StandardReply(message.Verb.ToUpperInvariant(), Word(message[0]), Word(message[1])));
    }

    private static string Word(string word) =>
        word.Length is > 0 and <= LongestWord && word.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '_' or '*')
            ? word
            : "?";
}

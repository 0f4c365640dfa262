using System.Globalization;
using System.Text;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Questions of one client to another (modern.ircdocs.horse, CTCP): answered by NOTICE, three in ten seconds at most and one in
/// five for the same nick. DCC and what is unknown get no answer.
/// </summary>
internal sealed class Ctcp(LinkState state, ServerClock clock)
{
    private const int MostAnswers = 3;
    private const int LongestPing = 64;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PerNick = TimeSpan.FromSeconds(5);

    private readonly Queue<(string Nick, TimeSpan At)> _answered = new();

    public void Ask(string nick, string verb, string argument)
    {
        if (Answer(verb, argument) is not { } answer || !MayAnswer(nick))
        {
            return;
        }

        _answered.Enqueue((nick, state.Now));
        state.Outgoing.Idle(IrcCommand.CtcpReply(nick, verb, answer));
    }

    private string? Answer(string verb, string argument) => verb switch
    {
        "VERSION" => "ChatBot, a bot",
        "CLIENTINFO" => "ACTION CLIENTINFO PING TIME VERSION",
        "PING" when argument.Length > 0 && Encoding.UTF8.GetByteCount(argument) <= LongestPing => argument,
        "TIME" => clock.UtcNow?.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
        _ => null,
    };

    private bool MayAnswer(string nick)
    {
        while (_answered.TryPeek(out var oldest) && state.Now - oldest.At >= Window)
        {
            _answered.Dequeue();
        }

        return _answered.Count < MostAnswers && !_answered.Any(a => state.Same(a.Nick, nick) && state.Now - a.At < PerNick);
    }
}

using ChatBot.Configuration;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.Newcomers;
using ChatBot.Core.Text;
using ChatBot.Irc;

namespace ChatBot.Newcomers;

/// <summary>Sends the welcome text in private, those that are asked for at the pace of the configuration.</summary>
internal sealed class WelcomeSender(IrcClient irc, CurrentSettings settings, TimeProvider time)
{
    private readonly Queue<long> _askedFor = new();

    /// <summary>Sends it to somebody in our channels who asks for it.</summary>
    /// <returns>False where nobody of that nick is there, too many were asked for just now, or the server did not take it all.</returns>
    public async Task<bool> SendAskedForAsync(string nick, CancellationToken cancellationToken) =>
        Channel() is { } channel
        && await irc.MemberAsync(nick, cancellationToken) is { } member
        && MaySendNow()
        && await SendAsync(member.Nick, channel, cancellationToken);

    /// <returns>Whether the server has shown that it took every line.</returns>
    public async Task<bool> SendAsync(string nick, string channel, CancellationToken cancellationToken)
    {
        var live = settings.Value;
        var welcome = live.Settings.Welcome;
        var text = live.Settings.Locale == Locale.French ? welcome.French : welcome.English;
        var lines = WelcomeText.Lines(string.Join('\n', text), nick, channel, live.Settings.Irc.CommandPrefix);
        var results = await Task.WhenAll(lines.Select(
            line => irc.SayAsync(nick, line.Value, SayKind.Notice, SayPriority.Relay, cancellationToken)));
        return Array.TrueForAll(results, result => result is SayResult.Sent);
    }

    // The name of a channel of the root group is not for everybody.
    private string? Channel()
    {
        var channels = settings.Value.Settings.Irc.Channels;
        return (channels.FirstOrDefault(channel => channel.Greet) ?? channels.FirstOrDefault(channel => channel.Audience == Audience.Public))?.Name;
    }

    private bool MaySendNow()
    {
        lock (_askedFor)
        {
            while (_askedFor.TryPeek(out var first) && time.GetElapsedTime(first) > TimeSpan.FromMinutes(1))
            {
                _askedFor.Dequeue();
            }

            if (_askedFor.Count >= settings.Value.Settings.Welcome.PerMinute)
            {
                return false;
            }

            _askedFor.Enqueue(time.GetTimestamp());
            return true;
        }
    }
}

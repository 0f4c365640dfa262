using System.Globalization;

namespace ChatBot.Tests.EndToEnd;

/// <summary>People who give the bot commands without end, from connections of their own and under ever new nicks.</summary>
internal sealed class Talkers : IAsyncDisposable
{
    private static readonly string[] Words = ["whoami", "status hal", "since", "ack 1 je regarde", "help"];

    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<RawIrcUser> _users;
    private readonly Task _talking;

    private Talkers(IReadOnlyList<RawIrcUser> users, string target, double eachSecond)
    {
        _users = users;
        _talking = TalkAsync(target, TimeSpan.FromSeconds(1 / eachSecond));
    }

    /// <param name="port">Of the server.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="target">The channel, or the bot.</param>
    /// <param name="eachSecond">How many commands they give in all.</param>
    public static async Task<Talkers> StartAsync(int port, int count, string target, double eachSecond) => new(
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => RawIrcUser.JoinAsync(
            port, string.Create(CultureInfo.InvariantCulture, $"m{count}x{i}"), target.StartsWith('#') ? target : "#elsewhere"))),
        target, eachSecond);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _talking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var user in _users)
        {
            user.Dispose();
        }

        _stop.Dispose();
    }

    private async Task TalkAsync(string target, TimeSpan pause)
    {
        var prefix = target.StartsWith('#') ? "!" : "";
        for (var said = 0; ; said++)
        {
            var user = _users[said % _users.Count];
            // Servers count changes of nick as well.
            if (said % 5 == 4)
            {
                await user.SendAsync(string.Create(CultureInfo.InvariantCulture, $"NICK n{_users.Count}x{said}"));
            }

            await user.SendAsync($"PRIVMSG {target} :{prefix}{Words[said % Words.Length]}");
            await Task.Delay(pause, RealClock.Instance, _stop.Token);
        }
    }
}

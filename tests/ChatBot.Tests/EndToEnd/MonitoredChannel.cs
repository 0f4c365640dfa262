using ChatBot.Core.Language;

namespace ChatBot.Tests.EndToEnd;

/// <summary>A real channel where lunar has an account, and the bot between it and a monitor.</summary>
internal sealed class MonitoredChannel : IAsyncDisposable
{
    private readonly InspircdServer _irc;

    private MonitoredChannel(InspircdServer irc, RawIrcUser lunar, RawIrcUser? mag, BotHome home, RunningBot bot) =>
        (_irc, Lunar, Mag, Home, Bot) = (irc, lunar, mag, home, bot);

    /// <summary>In the public channel, and an admin.</summary>
    public RawIrcUser Lunar { get; }

    /// <summary>In the root channel; null where there is none.</summary>
    public RawIrcUser? Mag { get; }

    public BotHome Home { get; }

    public RunningBot Bot { get; private set; }

    /// <summary>Starts the monitor, the network and the bot; the test is skipped where one of them is not installed.</summary>
    /// <param name="monitor">The test's own, to dispose of after this.</param>
    /// <param name="locale">The group's language.</param>
    /// <param name="hasRootChannel">Whether there is a root channel too, with mag in it.</param>
    public static async Task<MonitoredChannel> StartAsync(MonitorServer monitor, Locale locale, bool hasRootChannel = false)
    {
        await monitor.StartAsync();
        var irc = await InspircdServer.StartAsync();
        var lunar = await irc.RegisterAsync("lunar", BotHome.Channel);
        var mag = hasRootChannel ? await irc.RegisterAsync("mag", $"{BotHome.RootChannel} {BotHome.RootKey}") : null;
        if (mag is not null)
        {
            await mag.SendAsync($"MODE {BotHome.RootChannel} +k {BotHome.RootKey}");
            await mag.HearAsync(" +k ");
        }

        var home = monitor.MakeHome(irc.Port, locale);
        home.HasRootChannel = hasRootChannel;
        home.Write();
        return new MonitoredChannel(irc, lunar, mag, home, await RunningBot.StartAsync(home));
    }

    /// <summary>Another process of the bot, after the end of the one before.</summary>
    public async Task StartAgainAsync()
    {
        await Bot.DisposeAsync();
        Bot = await RunningBot.StartAsync(Home);
    }

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        Home.Dispose();
        Mag?.Dispose();
        Lunar.Dispose();
        _irc.Dispose();
    }
}

namespace ChatBot.Hosting;

/// <summary>Runs the bot under the host, which takes the signals; if the bot ends, so does the host.</summary>
internal sealed class BotService(Bot bot) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => bot.RunAsync(stoppingToken);
}

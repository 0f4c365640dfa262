using System.Runtime.InteropServices;
using ChatBot.Configuration;
using ChatBot.Posix;
using ChatBot.Storage;
using Microsoft.Extensions.Logging.Console;

namespace ChatBot.Hosting;

/// <summary><c>chatbot run</c>: the bot under the generic host, which takes SIGTERM and SIGINT.</summary>
internal sealed class Daemon(TextWriter output, TextWriter errors, TimeProvider time)
{
    // Loops end within this; what they have begun is in the outbox.
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(8);

    /// <returns>0 stopped as asked, 1 wrong configuration, 70 a bug, 75 the store cannot be used now.</returns>
    public async Task<int> RunAsync(Func<BotSettings?> load, CancellationToken cancellationToken)
    {
        if (load() is not { } settings)
        {
            return ExitCode.WrongInput;
        }

        var builder = Host.CreateEmptyApplicationBuilder(null);
        AddLogging(builder.Logging);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Goodbye);
        builder.Services.AddSingleton(services => new BotService(services.GetRequiredService<Bot>()));
        builder.Services.AddHostedService(services => services.GetRequiredService<BotService>());
        builder.Services.AddSingleton(services => new Bot(
            settings, connect: null, time, services.GetRequiredService<ILoggerFactory>()));
        using var host = builder.Build();
        var bot = host.Services.GetRequiredService<Bot>();
        using var reload = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            bot.Reload(load);
        });

        // Asked for now: the host takes its services with it when it ends.
        var service = host.Services.GetRequiredService<BotService>();
        await host.RunAsync(cancellationToken);
        return await EndAsync(service);
    }

    private async Task<int> EndAsync(BotService service)
    {
        switch (service.ExecuteTask?.Exception?.InnerException)
        {
            case StorageException storage:
                await errors.WriteLineAsync($"chatbot: {storage.Message}");
                return ExitCode.TryAgain;
            case null:
                await output.FlushAsync();
                return ExitCode.Done;
            default:
                return ExitCode.Bug;
        }
    }

    // The journal wants its own priorities; a full log disk must stop nothing.
    private static void AddLogging(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        if (Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not null)
        {
            logging.AddSystemdConsole();
        }
        else
        {
            logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
                options.UseUtcTimestamp = true;
            });
        }

        logging.Services.Configure<ConsoleLoggerOptions>(options => options.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
    }
}

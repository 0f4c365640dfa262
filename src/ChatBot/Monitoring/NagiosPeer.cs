
using ChatBot.Configuration;
using ChatBot.Core.Monitoring;

namespace ChatBot.Monitoring;

/// <summary>Nagios, by its two files on this machine.</summary>
internal sealed partial class NagiosPeer(CurrentSettings settings, ILogger logger) : IMonitorPeer
{
    private readonly StatusFile _status = new();

    // It is alive: whatever kept us from sending orders may have ended.
    public bool RenewsItsState => true;

    public TimeSpan? ShowsAfter => null;

    public MonitorReading? Look() => Files.StatusFile is { } file ? _status.Read(file) : null;

    public Task<MonitorReading?> ReadAsync(long? newest, CancellationToken cancellationToken) => Task.FromResult(Look());

    public TimeSpan? ReadAgainIn(bool waits) => null;

    public Task<OrderReceipt> TellAsync(MonitorAction action, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(NagiosCommands.Write(action, now) is { } commands
            ? OrderReceipt.Of(Files.CommandFile is { } file ? CommandFile.Write(file, commands) : MonitorTrouble.CommandFileMissing)
            : new OrderReceipt(OrderOutcome.CannotBeNamed));

    /// <summary>Null where the folder is not there, or the kernel has no watch left to give.</summary>
    public IDisposable? Watch(Action changed)
    {
        if (Files.StatusFile is not { } file || Path.GetDirectoryName(file) is not { } folder || !Directory.Exists(folder))
        {
            return null;
        }

        var watcher = new FileSystemWatcher(folder, Path.GetFileName(file)) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite };
        watcher.Created += (_, _) => changed();
        watcher.Changed += (_, _) => changed();
        watcher.Renamed += (_, _) => changed();
        watcher.Deleted += (_, _) => changed();
        watcher.Error += (_, _) => changed();
        try
        {
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            watcher.Dispose();
            LogUnwatched(logger, e.Message);
            return null;
        }
    }

    private NagiosSettings Files => settings.Value.Settings.Nagios;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folder of the status file cannot be watched, it is looked at every 10 s: {Reason}")]
    private static partial void LogUnwatched(ILogger logger, string reason);
}

using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>One server for all tests of a class, which are in channels of their own; and others like it for those that break it.</summary>
public abstract class SharedServer(Func<bool, RealIrcServer> make) : IAsyncLifetime
{
    public RealIrcServer Server { get; } = make(false);

    public RealIrcServer Make(bool hasExpired = false) => make(hasExpired);

    public async ValueTask InitializeAsync()
    {
        if (Server.Missing is null)
        {
            await Server.StartAgainAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        Server.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

public sealed class SharedNgircd() : SharedServer(expired => new NgircdServer { HasExpired = expired });

public sealed class SharedHybrid() : SharedServer(expired => new HybridServer { HasExpired = expired });

public sealed class SharedInspircd() : SharedServer(expired => new InspircdServer { HasExpired = expired });

public sealed class SharedServices() : SharedServer(expired => new InspircdServer { HasExpired = expired, HasServices = true });

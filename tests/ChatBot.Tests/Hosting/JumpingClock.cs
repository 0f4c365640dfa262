using Microsoft.Extensions.Time.Testing;

namespace ChatBot.Tests.Hosting;

/// <summary>A clock whose hands somebody may set, while the time that it counts goes on as it was.</summary>
internal sealed class JumpingClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private TimeSpan _jumped;

    public void Jump(TimeSpan by)
    {
        AdjustTime(GetUtcNow() + by);
        _jumped += by;
    }

    // The one of the package follows the hands.
    public override long GetTimestamp() => base.GetTimestamp() - _jumped.Ticks;
}

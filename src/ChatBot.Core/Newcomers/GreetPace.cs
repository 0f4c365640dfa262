namespace ChatBot.Core.Newcomers;

/// <summary>Lets through at most so many things in any sixty seconds.</summary>
internal sealed class GreetPace
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Queue<TimeSpan> _greeted = new();

    /// <summary>When the next one may go, in the past if at once; <see cref="TimeSpan.MaxValue"/> where none ever may.</summary>
    public TimeSpan FreeAt(int most) => most switch
    {
        <= 0 => TimeSpan.MaxValue,
        _ when _greeted.Count < most => TimeSpan.MinValue,
        _ => _greeted.ElementAt(_greeted.Count - most) + Window,
    };

    public void Take(TimeSpan now)
    {
        while (_greeted.TryPeek(out var oldest) && oldest + Window <= now)
        {
            _greeted.Dequeue();
        }

        _greeted.Enqueue(now);
    }
}

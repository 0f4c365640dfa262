using System.Threading.Channels;

namespace ChatBot.Async;

/// <summary>
/// Does work for many people side by side, and for each of them in order. Bounded in what is done at once, in what waits for one
/// person, and in what waits in all.
/// </summary>
/// <param name="mostAtOnce">How many people are served at a time; the others in turn.</param>
/// <param name="mostEach">How much one person may have waiting.</param>
/// <param name="mostInAll">How much may wait in all.</param>
/// <param name="doAsync">The work.</param>
internal sealed class SideBySide<T>(int mostAtOnce, int mostEach, int mostInAll, Func<T, CancellationToken, Task> doAsync)
{
    private readonly Lock _changing = new();
    private readonly Dictionary<string, Queue<T>> _waiting = new(StringComparer.Ordinal);

    // Each who has something waiting and is not being served; at most as many as wait in all.
    private readonly Channel<string> _turns = Channel.CreateUnbounded<string>();
    private int _count;

    /// <summary>Takes some work of a person; never waits.</summary>
    /// <returns>False where there is no room.</returns>
    public bool TryAdd(string person, T work)
    {
        lock (_changing)
        {
            if (_count >= mostInAll)
            {
                return false;
            }

            if (!_waiting.TryGetValue(person, out var its))
            {
                _waiting[person] = its = new Queue<T>();
                _turns.Writer.TryWrite(person);
            }
            else if (its.Count >= mostEach)
            {
                return false;
            }

            its.Enqueue(work);
            _count++;
            return true;
        }
    }

    /// <summary>Runs until cancelled. The first exception ends it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var servers = Enumerable.Range(0, mostAtOnce).Select(_ => ServeAsync(stop.Token)).ToList();
        var first = await Task.WhenAny(servers);
        await stop.CancelAsync();
        await Task.WhenAll(servers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        await foreach (var person in _turns.Reader.ReadAllAsync(cancellationToken))
        {
            await doAsync(Take(person), cancellationToken);
            Yield(person);
        }
    }

    private T Take(string person)
    {
        lock (_changing)
        {
            _count--;
            return _waiting[person].Dequeue();
        }
    }

    // Behind all others who wait.
    private void Yield(string person)
    {
        lock (_changing)
        {
            if (_waiting[person].Count > 0)
            {
                _turns.Writer.TryWrite(person);
            }
            else
            {
                _waiting.Remove(person);
            }
        }
    }
}

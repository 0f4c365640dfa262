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
    // Then another thread goes on, so that a flood keeps none of them.
    private const int MostInTurn = 64;

    private readonly Lock _changing = new();
    private readonly Dictionary<string, Queue<T>> _waiting = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Each who has something waiting and is not being served; at most as many as wait in all.
    private readonly Queue<string> _turns = new();
    private CancellationToken _stopping;
    private int _count;
    private int _running;
    private bool _mayServe;
    private bool _isServing;

    /// <summary>Takes some work of a person, for the next <see cref="Serve"/>; never waits.</summary>
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
                _turns.Enqueue(person);
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

    /// <summary>
    /// Begins what waits, on this thread, each after the one before it has ended or waits for something: what waits for nothing costs
    /// no change of threads. A thread of the pool goes on after some of it. Returns at once where another thread does so.
    /// </summary>
    public void Serve()
    {
        lock (_changing)
        {
            if (_isServing)
            {
                return;
            }

            _isServing = true;
        }

        for (var left = MostInTurn; Next(mayGoOn: left > 0) is var (person, work); left--)
        {
            _ = ServeAsync(person, work);
        }
    }

    /// <summary>Lets <see cref="Serve"/> begin work, until cancelled. The first exception ends it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.Yield();
        lock (_changing)
        {
            (_stopping, _mayServe) = (stop.Token, true);
        }

        Serve();
        await _failed.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stop.CancelAsync();
        lock (_changing)
        {
            _mayServe = false;
            if (_running == 0)
            {
                _idle.TrySetResult();
            }
        }

        await _idle.Task;
        await _failed.Task.WaitAsync(cancellationToken);
    }

    private async Task ServeAsync(string person, T work)
    {
        try
        {
            await doAsync(work, _stopping);
        }
        catch (Exception e)
        {
            _failed.TrySetException(e);
        }
        finally
        {
            Done(person);
        }

        Serve();
    }

    private (string Person, T Work)? Next(bool mayGoOn)
    {
        lock (_changing)
        {
            if (!mayGoOn)
            {
                _isServing = false;
                ThreadPool.UnsafeQueueUserWorkItem(static one => one.Serve(), this, preferLocal: false);
                return null;
            }

            if (!_mayServe || _running >= mostAtOnce || !_turns.TryDequeue(out var person))
            {
                _isServing = false;
                return null;
            }

            _running++;
            _count--;
            return (person, _waiting[person].Dequeue());
        }
    }

    // What else the same person has waits behind all others.
    private void Done(string person)
    {
        lock (_changing)
        {
            if (_waiting[person].Count > 0)
            {
                _turns.Enqueue(person);
            }
            else
            {
                _waiting.Remove(person);
            }

            if (--_running == 0 && !_mayServe)
            {
                _idle.TrySetResult();
            }
        }
    }
}

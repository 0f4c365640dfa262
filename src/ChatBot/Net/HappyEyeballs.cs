using System.Net;
using System.Net.Sockets;

namespace ChatBot.Net;

/// <summary>
/// Connects to the first address of a host that answers (RFC 8305): families in turn, the next address when one fails or after
/// 250 ms, and the second one to connect is closed.
/// </summary>
/// <param name="connect">Tries one address; cancelled once another has won.</param>
/// <param name="time">For the 250 ms.</param>
internal sealed class HappyEyeballs<T>(Func<IPAddress, CancellationToken, Task<T>> connect, TimeProvider time)
    where T : IDisposable
{
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    /// <exception cref="SocketException">None answered; it is the reason of the last one.</exception>
    public async Task<T> RunAsync(IReadOnlyList<IPAddress> addresses, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new Queue<IPAddress>(InTurn(addresses));
        var running = new List<Task<T>>();
        Exception last = new SocketException((int)SocketError.HostNotFound);
        try
        {
            while (waiting.Count > 0 || running.Count > 0)
            {
                if (waiting.TryDequeue(out var next))
                {
                    running.Add(connect(next, over.Token));
                }

                if (await FirstAsync(running, hasMore: waiting.Count > 0, over.Token) is not { } ended)
                {
                    continue;
                }

                running.Remove(ended);
                if (ended.IsCompletedSuccessfully)
                {
                    return await ended;
                }

                cancellationToken.ThrowIfCancellationRequested();
                last = ended.Exception?.InnerException ?? last;
            }
            throw last;
        }
        finally
        {
            await over.CancelAsync();
            foreach (var late in running)
            {
                _ = CloseAsync(late);
            }
        }
    }

    /// <summary>The families in turn, beginning with the one that the resolver prefers.</summary>
    public static IEnumerable<IPAddress> InTurn(IReadOnlyList<IPAddress> addresses)
    {
        var families = addresses.GroupBy(a => a.AddressFamily).Select(g => g.ToArray()).ToArray();
        for (var at = 0; families.Any(f => at < f.Length); at++)
        {
            foreach (var family in families)
            {
                if (at < family.Length)
                {
                    yield return family[at];
                }
            }
        }
    }

    // Null when the others have had their head start.
    private async Task<Task<T>?> FirstAsync(List<Task<T>> running, bool hasMore, CancellationToken over)
    {
        var first = Task.WhenAny(running);
        if (hasMore)
        {
            await Task.WhenAny(first, Task.Delay(HeadStart, time, over));
        }
        else
        {
            await first;
        }

        return first.IsCompleted ? await first : null;
    }

    private static async Task CloseAsync(Task<T> late)
    {
        await ((Task)late).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (late.IsCompletedSuccessfully)
        {
            (await late).Dispose();
        }
    }
}

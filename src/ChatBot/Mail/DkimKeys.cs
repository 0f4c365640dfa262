using System.Collections.Concurrent;

namespace ChatBot.Mail;

/// <summary>Key records by name, kept as long as the DNS says, an hour at most; no answer is kept for half a minute.</summary>
internal sealed class DkimKeys(IDnsTexts dns, TimeProvider time)
{
    public const int MostKept = 256;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (IReadOnlyList<string>? Texts, long At, TimeSpan Lives)> _kept = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null where no server answered in time.</summary>
    public async Task<IReadOnlyList<string>?> OfAsync(string name, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(name, out var kept) && time.GetElapsedTime(kept.At) < kept.Lives)
        {
            return kept.Texts;
        }

        var answer = await AskAsync(name, cancellationToken);
        var lives = answer is var (_, lifetime) ? (lifetime < Longest ? lifetime : Longest) : Unanswered;
        // Selectors are the senders' to invent: what they fill is thrown away whole.
        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        _kept[name] = (answer?.Texts, time.GetTimestamp(), lives);
        return answer?.Texts;
    }

    /// <summary>A resolver that ignores the token delays nobody.</summary>
    private async Task<(IReadOnlyList<string> Texts, TimeSpan Lives)?> AskAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await dns.AskAsync(name, cancellationToken).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}

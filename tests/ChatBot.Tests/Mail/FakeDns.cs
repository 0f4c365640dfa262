using System.Collections.Concurrent;
using ChatBot.Mail;

namespace ChatBot.Tests.Mail;

/// <summary>Name servers that know what the test wrote, and keep what they were asked.</summary>
internal sealed class FakeDns : IDnsTexts
{
    public ConcurrentDictionary<string, string[]> Records { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>They are asked, and never answer.</summary>
    public bool IsSilent { get; set; }

    /// <summary>They cannot be reached, and that is known at once.</summary>
    public bool IsFailing { get; set; }

    public TimeSpan Lives { get; set; } = TimeSpan.FromHours(6);

    public async Task<(IReadOnlyList<string> Texts, TimeSpan Lives)?> AskAsync(string name, CancellationToken cancellationToken)
    {
        Asked.Enqueue(name);
        if (IsSilent)
        {
            await new TaskCompletionSource().Task;
        }

        return IsFailing ? null : (Records.GetValueOrDefault(name, []), Lives);
    }
}

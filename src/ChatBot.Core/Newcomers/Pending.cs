namespace ChatBot.Core.Newcomers;

/// <summary>One person who may be welcomed.</summary>
internal sealed class Pending(Visitor visitor, string channel, TimeSpan due)
{
    public Visitor Visitor { get; set; } = visitor;

    /// <summary>The channel they came into last; <see cref="Channels"/> has all where they are.</summary>
    public string Channel { get; set; } = channel;

    public HashSet<string> Channels { get; } = new(StringComparer.Ordinal) { channel };

    public List<string> Keys { get; } = [];

    /// <summary>When they have been left to people for long enough.</summary>
    public TimeSpan Due { get; set; } = due;

    /// <summary>Null while they are here.</summary>
    public TimeSpan? AwaySince { get; set; }

    /// <summary>The question about them that the store has not answered; null once it has.</summary>
    public long? Question { get; set; }

    public TimeSpan AskedAt { get; set; }

    public void Leave(string channel, TimeSpan now)
    {
        if (Channels.Remove(channel) && Channels.Count == 0)
        {
            AwaySince ??= now;
        }
    }
}

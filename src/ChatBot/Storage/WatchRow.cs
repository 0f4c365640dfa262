using Dapper;

namespace ChatBot.Storage;

/// <summary>A row of <c>watch</c>.</summary>
internal sealed record WatchRow
{
    public string Source { get; init; } = "";

    public string Machine { get; init; } = "";

    /// <summary>Milliseconds during which a mail would have been read.</summary>
    [DbValue(Name = "silent_for")]
    public long SilentFor { get; init; }

    /// <summary>The incident that tells of the silence; null where there is none.</summary>
    public long? Incident { get; init; }
}

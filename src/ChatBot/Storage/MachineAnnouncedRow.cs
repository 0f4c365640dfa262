using Dapper;

namespace ChatBot.Storage;

/// <summary>When a machine was last told of.</summary>
internal sealed class MachineAnnouncedRow
{
    public string Machine { get; init; } = "";

    [DbValue(Name = "announced_at")]
    public long AnnouncedAt { get; init; }
}

using Dapper;

namespace ChatBot.Storage;

/// <summary>When a machine was last told of.</summary>
internal sealed class MachineTold
{
    public string Machine { get; init; } = "";

    [DbValue(Name = "told_at")]
    public long ToldAt { get; init; }
}

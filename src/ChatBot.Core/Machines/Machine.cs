namespace ChatBot.Core.Machines;

/// <summary>A host the group runs.</summary>
public sealed record Machine
{
    public required string Name { get; init; }

    public IReadOnlyList<string> Names { get; init; } = [];

    public string? Group { get; init; }

    public string? About { get; init; }

    public IReadOnlyList<string> Services { get; init; } = [];

    public IReadOnlyList<string> DependsOn { get; init; } = [];

    public string? Changelog { get; init; }
}

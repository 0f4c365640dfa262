namespace ChatBot.Core.Machines;

/// <summary>A host the group runs, as its inventory describes it.</summary>
public sealed record Machine
{
    /// <summary>The short name, as people say it: <c>hal</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Other names machine mails use: <c>hal.globenet.org</c>.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The part of the house it belongs to, in the group's own words; null where the group makes no parts.</summary>
    public string? Group { get; init; }

    /// <summary>One sentence about what it does; null where nobody wrote it.</summary>
    public string? About { get; init; }

    /// <summary>The services checked on it, as the monitor names them: <c>POP3</c>.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Short names of the machines it cannot be reached or work without; never itself, never in a circle.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>
    /// Where changelog lines are appended: <c>ssh:NAME</c> or <c>file:/absolute/path</c>; null keeps them in the store only.
    /// </summary>
    public string? Changelog { get; init; }
}

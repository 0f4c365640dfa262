using ChatBot.Core.Language;
using ChatBot.Core.Machines;

namespace ChatBot.Core.Commands;

/// <summary>
/// The part of the configuration that every call needs. A reload makes another one; a call keeps the one it began with.
/// </summary>
public sealed record CommandContext
{
    public required Phrasebook Phrases { get; init; }

    /// <summary>What stands before a command in a channel, <c>!</c>.</summary>
    public required string Prefix { get; init; }

    public required Inventory Inventory { get; init; }
}

namespace ChatBot.Core.Delivery;

/// <summary>Lines that tell what several lines of the outbox would have told; those are said once all of these are.</summary>
/// <param name="Lines">In order, each within the bytes of one line.</param>
/// <param name="Covers">The rows.</param>
public sealed record DigestPart(IReadOnlyList<string> Lines, IReadOnlyList<long> Covers);

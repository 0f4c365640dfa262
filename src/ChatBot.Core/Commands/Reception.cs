using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>Whether what machines report reaches the bot.</summary>
public interface IReception
{
    /// <summary>Since when some of it may not: a mailbox cannot be read, or mails cannot be stored; null while all of it does.</summary>
    DateTimeOffset? MissingSince { get; }
}

/// <summary>That nothing is known to be wrong is no all-clear while the bot does not hear all.</summary>
public static class ReceptionText
{
    /// <summary>The answer, its last line followed by since when reports may be missing; as it was while none are.</summary>
    /// <param name="call">Who asks.</param>
    /// <param name="reception">What reaches the bot.</param>
    /// <param name="reply">How things are, as far as is known.</param>
    public static Reply After(CommandCall call, IReception reception, Reply reply) =>
        reception.MissingSince is { } since && reply.Lines.Count > 0
            ? reply with { Lines = [.. reply.Lines.SkipLast(1), Line.Join(" · ", [reply.Lines[^1], call.Phrases.Public(Sentences.MailsMissing, call.Phrases.Since(since, call.Now))])] }
            : reply;
}

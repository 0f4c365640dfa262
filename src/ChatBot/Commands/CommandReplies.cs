using ChatBot.Core.Commands;
using ChatBot.Core.Irc;
using ChatBot.Core.Text;
using ChatBot.Irc;

namespace ChatBot.Commands;

/// <summary>Says the answers to commands. An answer is for the moment: where it cannot be said now, nobody waits for it later.</summary>
public sealed class CommandReplies(IrcClient irc)
{
    public void Answer(IncomingCommand incoming, Reply reply, Audience audience)
    {
        var message = incoming.Message;
        var priority = incoming.IsFirst ? SayPriority.PromptReply : SayPriority.Reply;
        var isPrivate = message.IsPrivate || reply.InPrivate;
        var target = isPrivate ? message.Nick : message.Target;

        // In a query the answer stands beside the question; out of a channel a notice opens no window.
        var kind = isPrivate && !message.IsPrivate ? SayKind.Notice : SayKind.Privmsg;
        foreach (var line in reply.Lines)
        {
            if (line.Marked(audience) is not { } text)
            {
                continue;
            }

            // Whoever holds the nick by now may be another one, and who asked in the root channel may have left it.
            if (isPrivate && audience == Audience.Root)
            {
                var memberOf = message.IsPrivate ? null : message.Target;
                _ = irc.ReplyAsync(message.Author, text, kind, priority, memberOf, CancellationToken.None);
            }
            else if (isPrivate)
            {
                Say(target, text, kind, priority);
            }
            else
            {
                _ = irc.AnswerAsync(message.Author, target, text, priority, CancellationToken.None);
            }
        }

        if (reply.Note is { } note)
        {
            _ = irc.AnswerAsync(message.Author, message.Target, note.Value, priority, CancellationToken.None);
        }
    }

    public void Notice(string nick, PublicText text) => Say(nick, text.Value, SayKind.Notice, SayPriority.Reply);

    private void Say(string target, string text, SayKind kind, SayPriority priority) =>
        _ = irc.SayAsync(target, text, kind, priority, CancellationToken.None);
}

using ChatBot.Core.Commands;
using ChatBot.Core.Irc;
using ChatBot.Core.Text;
using ChatBot.Irc;

namespace ChatBot.Commands;

/// <summary>Says the answers to commands. An answer is for the moment: where it cannot be said now, nobody waits for it later.</summary>
public sealed class CommandReplies(IrcClient irc)
{
    public void Answer(IrcEvent.Message message, Reply reply, Audience audience)
    {
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

            // Somebody else may have the nick by now.
            if (isPrivate && audience == Audience.Root)
            {
                _ = irc.ReplyAsync(message.Author, text, kind, CancellationToken.None);
            }
            else
            {
                Say(target, text, kind);
            }
        }

        if (reply.Note is { } note)
        {
            Say(message.Target, note.Value, SayKind.Privmsg);
        }
    }

    public void Notice(string nick, PublicText text) => Say(nick, text.Value, SayKind.Notice);

    private void Say(string target, string text, SayKind kind) =>
        _ = irc.SayAsync(target, text, kind, SayPriority.Reply, CancellationToken.None);
}

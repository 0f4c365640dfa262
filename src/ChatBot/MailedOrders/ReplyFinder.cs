using ChatBot.Configuration;
using ChatBot.Core.Commands;
using ChatBot.Core.Mail;
using ChatBot.Mail;
using ChatBot.OpenPgp;
using ChatBot.Storage;
using CoreMail = ChatBot.Core.Mail.Mail;

namespace ChatBot.MailedOrders;

/// <summary>Tells answers in the thread of an incident that begin with a command from all other mails of people: those are announced, and do nothing.</summary>
internal sealed class ReplyFinder(Database database)
{
    private const string Ping = "ping";

    /// <param name="mail">Of somebody whom the people file lists, by its look.</param>
    /// <param name="bytes">The same.</param>
    /// <param name="live">The configuration.</param>
    /// <param name="commands">All there are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> IsOneAsync(
        CoreMail mail, ReadOnlyMemory<byte> bytes, BotSettings live, IReadOnlyList<ICommand> commands, CancellationToken cancellationToken)
    {
        if (!AnsweredSubject.IsAnswer(mail) || FirstLines(mail, bytes) is not { Count: > 0 } lines)
        {
            return false;
        }

        string[] names = [Ping, .. commands.Where(one => one.Help.ByMail != ByMail.No).SelectMany(one => one.Help.Names)];
        return lines.Any(line => ReplyCommand.Begins(line, names, live.Irc.CommandPrefix, live.Inventory))
            && await database.ReadAsync(transaction => ReplyThreads.FindAsync(transaction, mail, withReferences: true), cancellationToken) is { Count: > 0 };
    }

    // The second where the first may be the subject, which a signed text names its incident by.
    private static List<string> FirstLines(CoreMail mail, ReadOnlyMemory<byte> bytes)
    {
        if (mail.Text.IndexOf(SignedOrder.Begin, StringComparison.Ordinal) is >= 0 and var begin && mail.Text.IndexOf("\n\n", begin, StringComparison.Ordinal) is >= 0 and var text)
        {
            return [.. ReplyText.Read(mail.Text[text..], mayStandBelow: true).Lines.Where(line => line.Length > 0).Take(2)];
        }

        var (bounded, _) = MailBounds.Apply(bytes);
        using var stream = new MemoryStream(bounded.ToArray(), writable: false);
        using var message = MailParser.Parse(stream);
        return [.. ReplyBody.Read(message.Body, areContentFieldsSigned: true)?.Lines.Where(line => line.Length > 0).Take(SignedOrder.IsOpenPgp(mail) ? 2 : 1) ?? []];
    }
}

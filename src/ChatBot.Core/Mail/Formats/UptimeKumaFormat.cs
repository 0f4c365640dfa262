using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Uptime Kuma 1.x and 2.x (<c>server/model/monitor.js</c>, <c>sendNotification</c>; <c>notification-providers/smtp.js</c>): subject and body begin with
/// <c>[MONITOR] [🔴 Down] MESSAGE</c> or <c>[MONITOR] [✅ Up] MESSAGE</c>. MONITOR is free text: the machine is the one that it names, in a word or a full
/// name. A subject of the site's own may hide it, so that the body is asked too. Monitor and state are public; the message is for root.
/// </summary>
public sealed class UptimeKumaFormat : IFormat
{
    public string Source => "uptime-kuma";

    public Tracked Tracks => new("monitor", "Up of the same monitor");

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var first = Read(FirstLine(mail.Text));
        if ((Read(mail.Subject) ?? first) is not var (name, isUp, message) || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        return NamedCheck.Report(this, name, isUp, mail, inventory) with
        {
            IsContradictory = first is { } written && written.IsUp != isUp,
            Detail = new RootText(message),
            Says = [Phrase.Quote($"{name} : {message}")],
        };
    }

    private static (string Name, bool IsUp, string Message)? Read(string text)
    {
        if (Shape.Read(text, "[", "] [", "] ", "") is not [var name, var status, var message])
        {
            return null;
        }

        var word = status.AsSpan(status.LastIndexOf(' ') + 1);
        return status.Length <= word.Length || char.IsAsciiLetterOrDigit(status[0]) ? null
            : word is "Up" ? (name, true, message)
            : word is "Down" ? (name, false, message)
            : null;
    }

    private static string FirstLine(string text)
    {
        var start = text.AsSpan().TrimStart();
        return new string(start.IndexOf('\n') is >= 0 and var end ? start[..end] : start);
    }
}

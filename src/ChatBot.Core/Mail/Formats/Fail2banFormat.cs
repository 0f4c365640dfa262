
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Fail2Ban 0.8 to 1.1, <c>action.d/sendmail*.conf</c> and <c>mail*.conf</c>: <c>[Fail2Ban] JAIL: banned IP from HOST</c>,
/// <c>started on</c>, <c>stopped on</c>, <c>summary from</c> (one line <c>DATE: IP (N failures)</c> each in the body); without
/// <c>on HOST</c> in <c>mail*.conf</c> and before 0.9. Addresses of third parties are for root; nothing is public.
/// </summary>
public sealed class Fail2banFormat : IFormat
{
    public string Source => "fail2ban";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (Shape.Read(mail.Subject, "[Fail2Ban] ", ": ", "") is not [var jail, var what])
        {
            return null;
        }

        var word = what.AsSpan(0, what.IndexOf(' ') is > 0 and var end ? end : what.Length);
        var place = what.AsSpan(what.LastIndexOf(' ') + 1);
        var host = what.Contains(" on ", StringComparison.Ordinal) || what.Contains(" from ", StringComparison.Ordinal) ? new string(place) : null;
        var isBan = word is "banned" or "unbanned" or "summary";
        return Naming.Report(this, isBan ? ReportKind.Security : ReportKind.Report, host, mail, inventory) with
        {
            Says = [Said(word, jail, what, mail.Text)],
        };
    }

    private static Phrase Said(ReadOnlySpan<char> word, string jail, string what, string text) => word switch
    {
        "banned" => Phrase.Say(Sentences.Banned, Phrase.Root(Second(what)), Phrase.Root(jail)),
        "unbanned" => Phrase.Say(Sentences.Unbanned, Phrase.Root(Second(what)), Phrase.Root(jail)),
        "summary" => Phrase.Say(Sentences.BannedMany, (PublicText)Bans(text), Phrase.Root(jail)),
        "started" => Phrase.Say(Sentences.Started, Phrase.Root(jail)),
        "stopped" => Phrase.Say(Sentences.Stopped, Phrase.Root(jail)),
        _ => Phrase.Quote($"{jail} : {what}"),
    };

    private static string Second(string what) => what.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries) is [_, var second, ..] ? second : "?";

    private static long Bans(string text)
    {
        var (bans, left) = (0L, Shape.EveryLine);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0)
            {
                break;
            }

            if (line.TrimEnd().EndsWith(" failures)") && line.Contains(": ", StringComparison.Ordinal))
            {
                bans++;
            }
        }
        return bans;
    }
}

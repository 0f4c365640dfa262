
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// apticron 1.1 to 1.2: <c>N Debian package update(s) for HOST</c>, <c>No updates for HOST</c>, or the site's <c>CUSTOM_SUBJECT</c>; the
/// body begins <c>apticron report [DATE]</c>, names the machine below "packages need upgrading on:" and lists a package a line below
/// "currently pending an upgrade:". How many are pending is for root.
/// </summary>
public sealed class ApticronFormat : IFormat
{
    public string Source => "apticron";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        if (!mail.Text.AsSpan().TrimStart().StartsWith("apticron report") || Writer.IsByPerson(mail, inventory))
        {
            return null;
        }

        var (host, updates) = Shape.Read(mail.Title, "", " package update(s) for ", "") is [var count, var on] ? (on, Shape.Number(count))
            : Shape.Read(mail.Title, "No updates for ", "") is [var at] ? (at, 0)
            : (Below(mail.Text, "upgrading on:"), Packages(mail.Text));
        return Naming.Report(this, ReportKind.Report, host, mail, inventory) with
        {
            Says = [updates is { } pending ? Phrase.Say(Sentences.UpdatesPending, (PublicText)pending) : Phrase.Quote(mail.Title)],
        };
    }

    private static string? Below(string text, string heading)
    {
        var isBelow = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (isBelow && line.Trim() is { IsEmpty: false } first)
            {
                return new string(first);
            }

            isBelow |= line.TrimEnd().EndsWith(heading);
        }
        return null;
    }

    private static long? Packages(string text)
    {
        var (packages, isBelow, left) = (0L, false, Shape.EveryLine);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0 || packages > 0 && line.IsWhiteSpace())
            {
                break;
            }

            if (isBelow && !line.IsWhiteSpace())
            {
                packages++;
            }

            isBelow |= line.TrimEnd().EndsWith("currently pending an upgrade:");
        }
        return packages > 0 ? packages : null;
    }
}


using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// OSSEC 2 and 3 and Wazuh (<c>os_maild</c>): <c>OSSEC Notification - HOST - Alert level N</c>, with full subjects <c>OSSEC Alert -
/// HOST - Level N - RULE</c>; the body has <c>Rule: ID fired (level N) -> "RULE"</c> above lines of log. Rule and level are for root;
/// the log is not kept.
/// </summary>
/// <param name="source">In lower case.</param>
/// <param name="name">As the subject spells it.</param>
public sealed class OssecFormat(string source, string name) : IFormat
{
    public string Source => source;

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var (host, level) = Shape.Read(mail.Subject, name + " Notification - ", " - Alert level ", "") is [var noted, var at] ? (noted, at)
            : Shape.Read(mail.Subject, name + " Alert - ", " - Level ", "") is [var alerted, var of] ? (alerted, of) : (null, "");
        if (host is null || Shape.Number(level) is not { } severity)
        {
            return null;
        }
        // An agent is “(name) address”.
        host = Shape.Read(host, "(", ")", "") is [var agent, _] ? agent : host;
        var rule = Shape.After(mail.Text, "Rule:", 60);
        return Naming.Report(this, ReportKind.Security, host, mail, inventory) with
        {
            Severity = severity >= 12 ? Severity.Critical : severity >= 7 ? Severity.Warning : Severity.Info,
            Says = [Phrase.Quote(rule ?? mail.Title)],
        };
    }
}

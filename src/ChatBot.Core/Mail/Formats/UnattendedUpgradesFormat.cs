
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// unattended-upgrades 0.7x to 2.12, <c>send_summary_mail</c>: <c>[package on hold][reboot required] unattended-upgrades result
/// for HOST: SUCCESS</c> or <c>FAILURE</c>, before 1.0 <c>for 'HOST': True</c> or <c>False</c>; the French catalogue words it
/// <c>Résultat … d'unattended-upgrades pour HOST : SUCCESS</c>, with <c>[Redémarrage requis]</c> and <c>[Paquet bloqué]</c>. The
/// the headings of the sections of the body are known in both languages; the log is not read. All for root; what was upgraded is a
/// change of the machine.
/// </summary>
public sealed class UnattendedUpgradesFormat : IFormat
{
    private static readonly string[] Upgraded = ["Packages that were upgraded:", "Packages that are upgraded:", "Paquets mis à niveau"];
    private static readonly string[] Tried = ["Packages that attempted to upgrade:", "Essai de mise à niveau des paquets"];

    public string Source => "unattended-upgrades";

    public Tracked Tracks => Tracked.Nothing;

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var subject = mail.Subject.AsSpan().Trim();
        var colon = subject.LastIndexOf(':');
        var program = subject.IndexOf(Source, StringComparison.Ordinal);
        if (program < 0 || colon < program || Writer.IsByPerson(mail, inventory) || Result(subject[(colon + 1)..].Trim(" '\u00a0\u202f")) is not { } isGood)
        {
            return null;
        }

        var before = subject[..colon].TrimEnd(" \u00a0\u202f");
        var host = new string(before[(before.LastIndexOfAny(" \u00a0\u202f") + 1)..].Trim('\''));
        var packages = Section(mail.Text, isGood ? Upgraded : Tried);
        var flags = subject[..program];
        return Naming.Report(this, ReportKind.Change, host, mail, inventory) with
        {
            State = isGood ? CheckState.Ok : CheckState.Critical,
            Change = isGood && packages.Count > 0 ? new ChangeSummary { Packages = packages } : null,
            Says = Said(isGood, packages, flags, mail.Text),
        };
    }

    private static List<Phrase> Said(bool isGood, List<string> packages, ReadOnlySpan<char> flags, string text)
    {
        var said = new List<Phrase> { Phrase.Quote(isGood ? "SUCCESS" : "FAILURE") };
        var outcome = Shape.After(text, "Unattended upgrade result:", 20) ?? Shape.After(text, "Résultat de la mise à niveau automatique", 20);
        if (!isGood && outcome is { } result)
        {
            said.Add(Phrase.Quote(result.TrimStart(" :\u00a0".ToCharArray())));
        }

        if (packages.Count > 0)
        {
            said.Add(Phrase.Say(isGood ? Sentences.Upgraded : Sentences.UpgradeAttempted, Phrase.Root(string.Join(", ", packages))));
        }

        if (flags.Contains("[reboot required]", StringComparison.OrdinalIgnoreCase)
            || flags.Contains("[Redémarrage requis]", StringComparison.OrdinalIgnoreCase))
        {
            said.Add(Phrase.Say(Sentences.RebootNeeded));
        }

        return said;
    }

    private static bool? Result(ReadOnlySpan<char> word) => word switch
    {
        "SUCCESS" or "True" => true,
        "FAILURE" or "False" => false,
        _ => null,
    };

    /// <summary>The words of the lines below the heading, up to a blank one.</summary>
    private static List<string> Section(string text, string[] headings)
    {
        var words = new List<string>();
        var isIn = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (isIn && line.IsWhiteSpace())
            {
                break;
            }

            if (!isIn)
            {
                foreach (var heading in headings)
                {
                    isIn |= line.StartsWith(heading, StringComparison.Ordinal);
                }

                continue;
            }
            foreach (var range in line.Split(' '))
            {
                if (line[range] is { IsEmpty: false } word)
                {
                    words.Add(new string(word));
                }
            }
        }
        return words;
    }
}

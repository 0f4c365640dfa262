using System.Text;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Prometheus Alertmanager 0.15 to 0.28: <c>template/default.tmpl</c> (<c>__subject</c>: <c>[FIRING:n] GROUP (COMMON)</c>,
/// <c>[RESOLVED] …</c>) and <c>template/email.tmpl</c>, an HTML page whose text is blocks of <c>Labels</c> and
/// <c>Annotations</c>, one <c>name = value</c> a line, under <c>[n] Firing</c> and <c>[n] Resolved</c>. A site's text template
/// mostly has one alert per line, <c>[firing] NAME … HOST (SEVERITY)</c>. The machine is in the label node, host, hostname,
/// nodename or instance (<c>HOST:PORT</c>). Machine, alertname and state are public; annotations are for root; other labels are
/// not kept. Of several alerts the most severe leads, the last of those: the others are reports beside it.
/// </summary>
public sealed class AlertmanagerFormat : IFormat
{
    private const int MostAlerts = 50;

    private static readonly string[] HostLabels = ["node", "nodename", "hostname", "host", "machine", "instance"];

    public string Source => "alertmanager";

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var subject = mail.Subject.AsSpan().Trim();
        var isFiring = subject.StartsWith("[FIRING", StringComparison.Ordinal);
        if (!isFiring && !subject.StartsWith("[RESOLVED", StringComparison.Ordinal) || subject.IndexOf(']') is not (> 0 and var end))
        {
            return null;
        }

        var alerts = Read(mail, isFiring, inventory);
        if (alerts.Count == 0)
        {
            alerts.Add(FromSubject(mail, subject[(end + 1)..], isFiring, inventory));
        }

        var reports = alerts.FindAll(alert => alert.Machine is not null);
        if (reports.Count == 0)
        {
            return alerts[0];
        }

        var lead = reports.MinBy(report => (report.State!.Value.Rank(), -reports.IndexOf(report)))!;
        return lead with { Others = reports.FindAll(report => !ReferenceEquals(report, lead)) };
    }

    private List<Report> Read(Mail mail, bool isFiring, Inventory inventory)
    {
        var reports = new List<Report>();
        Dictionary<string, string>? labels = null;
        string? summary = null;
        foreach (var written in mail.Text.AsSpan().EnumerateLines())
        {
            var line = written.Trim();
            if (reports.Count >= MostAlerts)
            {
                break;
            }

            if (line is "Labels")
            {
                Add(reports, labels, summary, isFiring, mail, inventory);
                (labels, summary) = ([], null);
            }
            else if (line.StartsWith('[') && line.EndsWith("] Firing") || line.StartsWith('[') && line.EndsWith("] Resolved"))
            {
                Add(reports, labels, summary, isFiring, mail, inventory);
                (labels, isFiring) = (null, line.EndsWith("Firing"));
            }
            else if (labels is not null && line.IndexOf(" = ", StringComparison.Ordinal) is > 0 and var equals)
            {
                labels.TryAdd(new string(line[..equals]), new string(line[(equals + 3)..]));
                if (line[..equals] is "summary" or "description" or "message")
                {
                    summary ??= new string(line[(equals + 3)..]);
                }
            }
            else if (labels is null && OneLine(line, mail, inventory) is { } alert)
            {
                reports.Add(alert);
            }
        }
        Add(reports, labels, summary, isFiring, mail, inventory);
        return reports;
    }

    private void Add(
        List<Report> reports, Dictionary<string, string>? labels, string? summary, bool isFiring, Mail mail, Inventory inventory)
    {
        if (labels?.GetValueOrDefault("alertname") is not { } name)
        {
            return;
        }

        var host = HostLabels.Select(label => labels.GetValueOrDefault(label)).Where(value => value is not null)
            .Select(value => WithoutPort(value!)).ToList();
        var machine = host.Find(value => inventory.Find(value) is not null) ?? host.FirstOrDefault();
        reports.Add(Report(name, machine, isFiring, labels.GetValueOrDefault("severity"), summary, mail, inventory));
    }

    // [firing] CertificatBientotExpire sur web.no-log.org (warning)
    private Report? OneLine(ReadOnlySpan<char> line, Mail mail, Inventory inventory)
    {
        var isFiring = line.StartsWith("[firing", StringComparison.OrdinalIgnoreCase);
        if (!isFiring && !line.StartsWith("[resolved", StringComparison.OrdinalIgnoreCase) || line.IndexOf(']') is not (> 0 and var end))
        {
            return null;
        }

        string? name = null, machine = null, severity = null;
        foreach (var range in line[(end + 1)..].SplitAny(" \t,;"))
        {
            var word = line[(end + 1)..][range];
            if (word.IsEmpty)
            {
                continue;
            }

            name ??= new string(word.TrimEnd(':'));
            machine ??= inventory.Find(WithoutPort(new string(word.Trim("():.")))) is { } found ? found.Name : null;
            if (StateOf(new string(word.Trim("()[]")), known: true) is not null)
            {
                severity = new string(word.Trim("()[]"));
            }
        }
        return name is null ? null : Report(name, machine, isFiring, severity, null, mail, inventory);
    }

    private Report FromSubject(Mail mail, ReadOnlySpan<char> rest, bool isFiring, Inventory inventory)
    {
        string? name = null, machine = null, severity = null;
        foreach (var range in rest.SplitAny(" ()"))
        {
            var word = new string(rest[range]);
            if (word.Length == 0)
            {
                continue;
            }

            name ??= word;
            machine ??= inventory.Find(WithoutPort(word)) is { } found ? found.Name : null;
            severity ??= StateOf(word, known: true) is null ? null : word;
        }
        return Report(name ?? "?", machine, isFiring, severity, null, mail, inventory);
    }

    private Report Report(
        string name, string? host, bool isFiring, string? severity, string? summary, Mail mail, Inventory inventory) => new()
        {
            Source = Field.Public(Source),
            Kind = isFiring ? ReportKind.Alert : ReportKind.Recovery,
            Machine = host is null ? null : Naming.Machine(host, inventory),
            Service = Field.Public(name),
            State = isFiring ? StateOf(severity, known: false) : CheckState.Ok,
            When = mail.Date,
            Detail = summary is null ? null : new RootText(summary),
            Says = [Phrase.Quote(name)],
        };

    /// <summary>By the label severity as sites use it; one that says nothing leaves the state unknown.</summary>
    private static CheckState? StateOf(string? severity, bool known) => severity?.ToLowerInvariant() switch
    {
        "critical" or "page" or "error" or "emergency" or "high" or "disaster" => CheckState.Critical,
        "warning" or "warn" or "medium" or "average" or "minor" => CheckState.Warning,
        _ => known ? null : CheckState.Unknown,
    };

    private static string WithoutPort(string instance)
    {
        var address = new StringBuilder(instance);
        foreach (var scheme in (ReadOnlySpan<string>)["https://", "http://"])
        {
            address.Replace(scheme, "", 0, Math.Min(address.Length, scheme.Length));
        }

        var host = address.ToString();
        var end = host.AsSpan().IndexOfAny(":/");
        return end > 0 && host.IndexOf(':', end + 1) < 0 ? host[..end] : host;
    }
}

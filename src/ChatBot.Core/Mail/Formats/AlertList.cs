using System.Text;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// What the mails of Alertmanager and Grafana share: a subject <c>[FIRING:n]</c>, <c>[RESOLVED:n]</c> or <c>[FIRING:n, RESOLVED:m]</c>, and
/// under <c>[n] Firing</c> or <c>(n) RESOLVED</c> alerts as blocks of labels, <c>name = value</c> a line. All the labels of an alert are its
/// key, <c>severity</c> too, as in Alertmanager's own fingerprint: two rules of one alertname with another severity are two alerts, and an alert
/// whose label changes is resolved by Alertmanager and fires anew. Annotations are no part of it.
/// </summary>
internal sealed class AlertList(IFormat format, Mail mail, Inventory inventory)
{
    private const int Most = 2000;
    private const string Firing = "[FIRING";
    private const string Resolved = "[RESOLVED";

    private static readonly string[] HostLabels = ["node", "nodename", "hostname", "host", "machine", "instance"];

    // What names a thing of the machine, and may be said to anybody where it looks harmless.
    private static readonly string[] PublicLabels =
        ["mountpoint", "filesystem", "volume", "device", "disk", "interface", "ifname", "unit", "systemd_unit", "name", "sensor", "chip", "queue"];

    // What every alert of a site has, or is said otherwise.
    private static readonly string[] CommonLabels =
    [
        .. HostLabels, "alertname", "severity", "job", "prometheus", "replica", "monitor", "cluster", "env", "environment", "region", "datacenter", "dc",
        "zone", "team", "owner", "grafana_folder", "rulename", "rule_uid", "datasource_uid", "ref_id", "fstype", "endpoint", "rule_group",
    ];

    private readonly List<Report> _reports = [];
    private Dictionary<string, string>? _labels;
    private string? _summary;
    private bool _isFiring;
    private bool _isInLabels;
    private int _unread;

    /// <summary>Whether the subject is one of an alert list.</summary>
    public static bool IsSubject(string subject) =>
        subject.AsSpan().Trim() is var text && (text.StartsWith(Firing, StringComparison.Ordinal) || text.StartsWith(Resolved, StringComparison.Ordinal))
        && text.IndexOf(']') > 0;

    /// <summary>Whether Grafana wrote it: by its sender, its signature or the label that it gives every alert.</summary>
    public static bool IsOfGrafana(Mail mail) =>
        mail.FromName?.StartsWith("Grafana", StringComparison.OrdinalIgnoreCase) == true || Naming.IsFrom(mail, "grafana")
        || mail.Text.Contains("Sent by Grafana", StringComparison.Ordinal) || mail.Text.Contains("grafana_folder = ", StringComparison.Ordinal);

    /// <summary>
    /// The alerts of the mail: the gravest that names its machine leads, of several the last; the others are reports beside it. Null where the
    /// mail lists none and its subject names none either.
    /// </summary>
    public Report? Read()
    {
        var subject = mail.Subject.AsSpan().Trim();
        _isFiring = subject.StartsWith(Firing, StringComparison.Ordinal);
        foreach (var line in mail.Text.AsSpan().EnumerateLines())
        {
            Take(line.Trim());
        }

        // The labels of the last one may be cut.
        if (mail.Unread > 0 && _labels is not null)
        {
            (_labels, _unread) = (null, _unread + 1);
        }

        End();
        Compare(subject);
        var head = subject[..(subject.IndexOf(']') + 1)];
        if (_reports.Count == 0 && IsOfAlertmanager(head) && FromSubject(subject[head.Length..], subject.StartsWith(Firing, StringComparison.Ordinal)) is { } named)
        {
            _reports.Add(named);
        }

        return _reports.Count == 0 ? null : SeveralAlerts.Of(_reports, _reports.Exists(one => one.IsContradictory) ? _unread : Math.Max(_unread, Missing(head)));
    }

    // A subject that counts what fires above a text that lists only ends, or one that counts ends alone above a text in which one fires.
    private void Compare(ReadOnlySpan<char> subject)
    {
        var tellsFiring = subject.StartsWith(Firing, StringComparison.Ordinal);
        if (_unread == 0 && tellsFiring ? !subject[..subject.IndexOf(']')].Contains("RESOLVED:", StringComparison.Ordinal) && _reports.TrueForAll(one => one.Kind == ReportKind.Recovery)
            : _reports.Exists(one => one.Kind == ReportKind.Alert))
        {
            for (var i = 0; i < _reports.Count; i++)
            {
                _reports[i] = _reports[i] with { IsContradictory = tellsFiring || _reports[i].Kind == ReportKind.Alert };
            }
        }
    }

    private void Take(ReadOnlySpan<char> line)
    {
        if (line is "Labels" or "Labels:")
        {
            End();
            (_labels, _isInLabels) = ([], true);
        }
        else if (line is "Annotations" or "Annotations:")
        {
            _isInLabels = false;
        }
        else if (StateOfHeading(line) is { } isFiring)
        {
            End();
            _isFiring = isFiring;
        }
        else if (_labels is not null)
        {
            Keep(line);
        }
        else if (OneLine(line) is { } told)
        {
            Add(told);
        }
    }

    private void Keep(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty)
        {
            return;
        }

        var (name, value) = Pair(line);
        if (name is null)
        {
            _isInLabels = false;
            _summary ??= After(line, "Summary: ") ?? After(line, "Description: ");
        }
        else if (_isInLabels)
        {
            _labels!.TryAdd(name, value);
        }
        else if (name is "summary" or "description" or "message")
        {
            _summary ??= value;
        }
    }

    private static (string? Name, string Value) Pair(ReadOnlySpan<char> line)
    {
        var bare = line.StartsWith("- ") ? line[2..].TrimStart() : line;
        var equals = bare.IndexOf(" = ", StringComparison.Ordinal);
        var name = equals > 0 ? bare[..equals] : bare.EndsWith(" =") ? bare[..^2] : default;
        return name.IsEmpty || name.ContainsAny(' ', ':') ? (null, "") : (new string(name), equals > 0 ? new string(bare[(equals + 3)..].Trim()) : "");
    }

    private static string? After(ReadOnlySpan<char> line, string label) =>
        line.StartsWith(label, StringComparison.Ordinal) ? new string(line[label.Length..]) : null;

    // “[2] Firing” of Alertmanager, “(2) FIRING” and “(1) Firing” of Grafana.
    private static bool? StateOfHeading(ReadOnlySpan<char> line)
    {
        if (line is not (['[' or '(', ..]) || line.IndexOfAny("])") is not (> 1 and var end) || line[1..end].ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        var word = line[(end + 1)..].Trim();
        return word.Equals("Firing", StringComparison.OrdinalIgnoreCase) ? true : word.Equals("Resolved", StringComparison.OrdinalIgnoreCase) ? false : null;
    }

    private void End()
    {
        if (_labels is { Count: > 0 } labels)
        {
            if (labels.TryGetValue("alertname", out var name))
            {
                var hosts = HostLabels.Select(labels.GetValueOrDefault).OfType<string>().Select(WithoutPort).ToList();
                var host = hosts.Find(value => inventory.Find(value) is not null) ?? hosts.FirstOrDefault();
                Add(Report(name, host, PartOf(labels), _isFiring, labels.GetValueOrDefault("severity"), _summary));
            }
            else
            {
                _unread++;
            }
        }

        (_labels, _summary, _isInLabels) = (null, null, false);
    }

    private void Add(Report report)
    {
        if (_reports.Count < Most)
        {
            _reports.Add(report);
        }
        else
        {
            _unread++;
        }
    }

    private static CheckPart PartOf(Dictionary<string, string> labels)
    {
        var key = string.Join('\n', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));
        foreach (var name in PublicLabels)
        {
            if (labels.TryGetValue(name, out var value) && value.Length > 0)
            {
                return CheckPart.Of(key, value);
            }
        }

        var others = labels.Where(label => !CommonLabels.Contains(label.Key)).OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => label.Value);
        return CheckPart.Of(key, string.Join(' ', others), isForRoot: true);
    }

    // [firing] CertificatBientotExpire sur web.no-log.org (warning)
    private Report? OneLine(ReadOnlySpan<char> line)
    {
        var isFiring = line.StartsWith("[firing", StringComparison.OrdinalIgnoreCase);
        if (!isFiring && !line.StartsWith("[resolved", StringComparison.OrdinalIgnoreCase) || line.IndexOf(']') is not (> 0 and var end) || line[..end].Contains(':'))
        {
            return null; // With a count it is the subject again, as Grafana begins its text.
        }

        string? name = null, machine = null, severity = null;
        var key = new StringBuilder();
        foreach (var range in line[(end + 1)..].SplitAny(" \t,;"))
        {
            var word = line[(end + 1)..][range];
            if (word.IsEmpty)
            {
                continue;
            }

            // A value changes while the trouble lasts.
            if (!char.IsAsciiDigit(word.TrimStart("(")[0]))
            {
                key.Append(word).Append(' ');
            }

            name ??= new string(word.TrimEnd(':'));
            machine ??= inventory.Find(WithoutPort(new string(word.Trim("():.")))) is { } found ? found.Name : null;
            if (StateOf(new string(word.Trim("()[]")), known: true) is not null)
            {
                severity = new string(word.Trim("()[]"));
            }
        }
        return name is null ? null : Report(name, machine, CheckPart.Of(key.ToString()), isFiring, severity, null);
    }

    // Many programs write “[RESOLVED] hal disk”: where no alert is listed, it takes a sign of this one to believe that the first word is an alert's name.
    private bool IsOfAlertmanager(ReadOnlySpan<char> head) =>
        head.Length > Firing.Length + 1 && head.StartsWith(Firing + ":", StringComparison.Ordinal) && char.IsAsciiDigit(head[Firing.Length + 1])
        || mail.Text.Contains("alertmanager", StringComparison.OrdinalIgnoreCase) || Naming.IsFrom(mail, "alertmanager") || IsOfGrafana(mail);

    // The labels that are common to all of its alerts, without their names: which alerts they are is not said.
    private Report? FromSubject(ReadOnlySpan<char> rest, bool isFiring)
    {
        string? name = null, machine = null, severity = null;
        if (rest.TrimStart() is ['(', ..])
        {
            return null;
        }

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
        return Report(name ?? "?", machine, CheckPart.Unsaid(), isFiring, severity, null);
    }

    private Report Report(string name, string? host, CheckPart part, bool isFiring, string? severity, string? summary)
    {
        var report = new Report
        {
            Source = Field.Public(format.Source),
            Kind = isFiring ? ReportKind.Alert : ReportKind.Recovery,
            Machine = host is null ? null : Naming.Machine(host, inventory),
            Service = Field.Service(name),
            Part = part,
            State = isFiring ? StateOf(severity, known: false) : CheckState.Ok,
            When = mail.Date,
            Detail = summary is null ? null : new Text.RootText(summary),
            Says = [Phrase.Quote(name)],
        };
        return !IsHeartbeat(name) ? report
            : isFiring ? report with { IsHeartbeat = true, Machine = null, State = CheckState.Unknown }
            : report with
            {
                IsHeartbeat = true,
                Kind = ReportKind.Report,
                Machine = null,
                State = null,
                Severity = Severity.Warning,
                Says = [Phrase.Say(Sentences.HeartbeatStopped, Phrase.Root(name))],
            };
    }

    // Watchdog of kube-prometheus, DeadMansSwitch before it, and how sites write it.
    private static bool IsHeartbeat(string name)
    {
        var letters = string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant();
        return letters == "watchdog" || letters.Contains("deadmanswitch", StringComparison.Ordinal) || letters.Contains("deadmansswitch", StringComparison.Ordinal);
    }

    // How many more the subject counts than the mail lists.
    private int Missing(ReadOnlySpan<char> head)
    {
        var missing = 0;
        foreach (var (word, isFiring) in (ReadOnlySpan<(string, bool)>)[("FIRING:", true), ("RESOLVED:", false)])
        {
            if (head.IndexOf(word, StringComparison.Ordinal) is >= 0 and var at && Shape.Number(head[(at + word.Length)..]) is { } counted)
            {
                var read = _reports.Count(report => (report.Kind == ReportKind.Alert) == isFiring);
                missing += (int)Math.Clamp(counted - read, 0, 1_000_000);
            }
        }

        return missing;
    }

    /// <summary>By the label severity as sites use it; one that says nothing leaves the state unknown.</summary>
    private static CheckState? StateOf(string? severity, bool known) => severity?.ToLowerInvariant() switch
    {
        "critical" or "page" or "error" or "emergency" or "high" or "disaster" => CheckState.Critical,
        "warning" or "warn" or "medium" or "average" or "minor" => CheckState.Warning,
        _ => known ? null : CheckState.Unknown,
    };

    private static string WithoutPort(string instance)
    {
        var host = instance;
        foreach (var scheme in (ReadOnlySpan<string>)["https://", "http://"])
        {
            host = host.StartsWith(scheme, StringComparison.Ordinal) ? host[scheme.Length..] : host;
        }

        var end = host.AsSpan().IndexOfAny(":/");
        return end > 0 && host.IndexOf(':', end + 1) < 0 ? host[..end] : host;
    }
}

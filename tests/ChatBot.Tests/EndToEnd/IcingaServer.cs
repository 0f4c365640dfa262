using System.Diagnostics;
using System.Text;
using ChatBot.Configuration;
using ChatBot.Core.Monitoring;
using ChatBot.Monitoring;

namespace ChatBot.Tests.EndToEnd;

/// <summary>
/// A real Icinga 2 that watches hal by passive checks, all of it in a folder of its own; its notifications are Debian's script, which
/// delivers to a Maildir. The bot's user has the permissions that the manual names, and no other.
/// </summary>
internal sealed class IcingaServer : IDisposable
{
    public const string Host = "hal.globenet.org";

    private const string Program = "/usr/sbin/icinga2";
    private const string StockScript = "/etc/icinga2/scripts/mail-service-notification.sh";
    private const string Password = "mot de passe é";
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort.Ask();
    private readonly string _configuration;
    private readonly IcingaApi _tester;
    private Process? _process;

    public IcingaServer()
    {
        foreach (var name in (string[])["", "etc", "data", "data/certs", "log", "cache", "spool", "run", "Maildir", "Maildir/tmp", "Maildir/new", "Maildir/cur"])
        {
            Directory.CreateDirectory(_folder[name]);
            File.SetUnixFileMode(_folder[name], Everybody); // Icinga is never root.
        }

        Write("data/certs/localhost.crt", TestCertificates.ServerPem);
        Write("data/certs/localhost.key", TestCertificates.KeyPem);
        Write("data/certs/ca.crt", TestCertificates.AuthorityPem);
        Write("deliver", Delivery());
        Write("notify", File.ReadAllText(StockScript).Replace("MAILBIN=\"mail\"", $"MAILBIN=\"{_folder["deliver"]}\"", StringComparison.Ordinal));
        _configuration = Write("etc/icinga2.conf", Configuration());
        _tester = new IcingaApi(Settings with { User = "tester" }, RealClock.Instance);
    }

    /// <summary>Why it cannot run here, or null.</summary>
    public static string? Missing => File.Exists(Program) && File.Exists(StockScript) ? null : "icinga2-bin and icinga2-common are not installed";

    public string Maildir => _folder["Maildir"];

    public string Log => File.Exists(_folder["log/icinga2.log"]) ? File.ReadAllText(_folder["log/icinga2.log"]) : "";

    /// <summary>The bot's.</summary>
    public IcingaSettings Settings =>
        new(new Uri($"https://localhost:{_port}"), "chatbot", new(Password)) { TlsCaFile = _folder["data/certs/ca.crt"] };

    /// <summary>The same as its configuration says it.</summary>
    public string Toml(BotHome home) => $"""
        url = "https://localhost:{_port}"
        user = "chatbot"
        password_file = "{home.WriteFile("icinga.password", Password + "\n")}"
        tls_ca_file = "{_folder["data/certs/ca.crt"]}"
        """;

    public string Source => $"""
        [[mail.sources]]
        kind = "maildir"
        path = "{Maildir}"
        closed = true
        """;

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in Arguments())
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        var said = new StringBuilder();
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Wait.UntilAsync("Icinga answers", async () => (await AskAsync("hosts")).Contains(Host, StringComparison.Ordinal), () => said.ToString());

        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (said)
                said.AppendLine(line.Data);
        }
    }

    /// <summary>As systemd does.</summary>
    public async Task StopAsync()
    {
        ChatBotProgram.Signal(_process!.Id, ChatBotProgram.Terminate);
        await _process.WaitForExitAsync().WaitAsync(Wait.Patience, RealClock.Instance);
        _process.Dispose();
        _process = null;
    }

    /// <summary>A check of a service of hal has this result.</summary>
    public Task CheckAsync(string service, int state, string output) => ActAsync(
        "process-check-result",
        $$"""{"type":"Service","service":"{{Host}}!{{service}}","exit_status":{{state}},"plugin_output":"{{output}}"}""");

    /// <summary>Somebody does something in Icinga.</summary>
    public async Task ActAsync(string action, string body)
    {
        if (await _tester.PostAsync(new IcingaRequest($"v1/actions/{action}", Encoding.UTF8.GetBytes(body)), CancellationToken.None) is { Trouble: not null } bad)
            throw new InvalidOperationException($"{action}: {bad.Reason}");
    }

    /// <summary>What Icinga says of all objects of a kind; empty where it says nothing.</summary>
    public async Task<string> AskAsync(string kind) =>
        Encoding.UTF8.GetString((await _tester.GetAsync($"v1/objects/{kind}", IcingaPeer.MostBytes, CancellationToken.None)).Body.Span);

    public void Dispose()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _tester.Dispose();
        _folder.Dispose();
    }

    private IEnumerable<string> Arguments()
    {
        yield return "daemon";
        yield return "-c";
        yield return _configuration;
        yield return $"-DConfigDir={_folder["etc"]}";
        yield return $"-DDataDir={_folder["data"]}";
        yield return $"-DLogDir={_folder["log"]}";
        yield return $"-DCacheDir={_folder["cache"]}";
        yield return $"-DSpoolDir={_folder["spool"]}";
        yield return $"-DInitRunDir={_folder["run"]}";
        yield return $"-DPidPath={_folder["run/icinga2.pid"]}";
        if (Environment.IsPrivilegedProcess)
            yield break;
        yield return $"-DRunAsUser={Environment.UserName}";
        yield return $"-DRunAsGroup={Environment.UserName}";
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        File.SetUnixFileMode(_folder[name], (UnixFileMode)0b111_101_101);
        return _folder[name];
    }

    private string Delivery() => $"""
        #!/bin/sh
        # deliver -s SUBJECT ADDRESS, the words on standard input: as mail(1) and a delivery agent do.
        name="$(date +%s.%N).$$.test"
        printf 'From: icinga@{Host}\nTo: %s\nSubject: %s\nDate: %s\nMessage-Id: <%s>\n\n' "$3" "$2" "$(LC_ALL=C date -R)" "$name" > {Maildir}/tmp/$name
        cat >> {Maildir}/tmp/$name && mv {Maildir}/tmp/$name {Maildir}/new/$name

        """;

    private string Configuration() => $$"""
        const NodeName = "localhost"
        const ZoneName = NodeName
        object Endpoint NodeName { }
        object Zone ZoneName { endpoints = [ NodeName ] }
        object IcingaApplication "app" { }
        object NotificationComponent "notification" { }
        object FileLogger "log" {
          path = "{{_folder["log/icinga2.log"]}}"
          severity = "information"
        }
        object ApiListener "api" {
          bind_host = "127.0.0.1"
          bind_port = {{_port}}
        }
        object ApiUser "chatbot" {
          password = "{{Password}}"
          permissions = [
            "objects/query/Host", "objects/query/Service", "objects/query/Comment", "objects/query/Downtime", "objects/query/Notification",
            "actions/acknowledge-problem", "actions/remove-acknowledgement", "actions/schedule-downtime", "actions/remove-downtime"
          ]
        }
        object ApiUser "tester" {
          password = "{{Password}}"
          permissions = [ "*" ]
        }
        object CheckCommand "none" { command = [ "/bin/true" ] }
        object NotificationCommand "mail" {
          command = [ "{{_folder["notify"]}}" ]
          arguments = {
            "-d" = "$icinga.long_date_time$"
            "-e" = "$service.name$"
            "-l" = "$host.name$"
            "-n" = "$host.display_name$"
            "-o" = "$service.output$"
            "-r" = "$user.email$"
            "-s" = "$service.state$"
            "-t" = "$notification.type$"
            "-u" = "$service.display_name$"
            "-b" = "$notification.author$"
            "-c" = "$notification.comment$"
          }
        }
        object User "root" { email = "root@globenet.org" }
        object Host "{{Host}}" {
          check_command = "none"
          enable_active_checks = false
          max_check_attempts = 1
        }
        {{Service("pop3", "POP3")}}
        {{Service("imap", "IMAP")}}

        """;

    private static string Service(string name, string shown) => $$"""
        object Service "{{name}}" {
          host_name = "{{Host}}"
          display_name = "{{shown}}"
          check_command = "none"
          enable_active_checks = false
          max_check_attempts = 1
        }
        object Notification "mail" {
          host_name = "{{Host}}"
          service_name = "{{name}}"
          command = "mail"
          users = [ "root" ]
        }
        """;
}

using System.Text;
using ChatBot.Configuration;
using ChatBot.Core.Monitoring;
using ChatBot.Monitoring;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>A real Icinga 2, where the bot's user has the permissions that the manual names, and no other.</summary>
internal sealed class IcingaServer : MonitorServer
{
    private const string Program = "/usr/sbin/icinga2";
    private const string StockScript = "/etc/icinga2/scripts/mail-service-notification.sh";
    private const string Password = "mot de passe é";

    private readonly IcingaApi _tester;

    public IcingaServer()
        : base("icinga", "etc", "data", "data/certs", "log", "cache", "spool", "run")
    {
        Write("data/certs/localhost.crt", TestCertificates.ServerPem);
        Write("data/certs/localhost.key", TestCertificates.KeyPem);
        Write("data/certs/ca.crt", TestCertificates.AuthorityPem);
        Write("etc/icinga2.conf", Configuration());
        _tester = new IcingaApi(Settings with { User = "tester" }, RealClock.Instance);
    }

    /// <summary>The bot's.</summary>
    public IcingaSettings Settings =>
        new(new Uri($"https://localhost:{Port}"), "chatbot", new(Password)) { TlsCaFile = this["data/certs/ca.crt"] };

    public override async Task StartAsync()
    {
        Assert.SkipUnless(File.Exists(Program) && File.Exists(StockScript), "icinga2-bin and icinga2-common are not installed");
        var script = await File.ReadAllTextAsync(StockScript);
        Write("notify", script.Replace("MAILBIN=\"mail\"", $"MAILBIN=\"{this["deliver"]}\"", StringComparison.Ordinal));
        Launch(Program, [.. Arguments()]);
        await Eventually.UntilAsync("Icinga answers", async () => (await AskAsync("hosts")).Contains(Host, StringComparison.Ordinal), () => Said);
    }

    public override Task CheckAsync(string service, int state, string output) => ActAsync(
        "process-check-result",
        $$"""{"type":"Service","service":"{{Host}}!{{service.ToLowerInvariant()}}","exit_status":{{state}},"plugin_output":"{{output}}"}""");

    /// <summary>Somebody does something in Icinga.</summary>
    public async Task ActAsync(string action, string body)
    {
        if (await _tester.PostAsync(new IcingaRequest($"v1/actions/{action}", Encoding.UTF8.GetBytes(body)), CancellationToken.None) is { Trouble: not null } bad)
        {
            throw new InvalidOperationException($"{action}: {bad.Reason}");
        }
    }

    /// <summary>What Icinga says of all objects of a kind; empty where it says nothing.</summary>
    public async Task<string> AskAsync(string kind) =>
        Encoding.UTF8.GetString((await _tester.GetAsync($"v1/objects/{kind}", IcingaPeer.MostBytes, CancellationToken.None)).Body.Span);

    /// <summary>The same settings as its configuration says them.</summary>
    protected override void Configure(BotHome home) => home.Icinga = $"""
        url = "https://localhost:{Port}"
        user = "chatbot"
        password_file = "{home.WriteFile("icinga.password", Password + "\n")}"
        tls_ca_file = "{this["data/certs/ca.crt"]}"
        """;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _tester.Dispose();
    }

    private IEnumerable<string> Arguments()
    {
        yield return "daemon";
        yield return "-c";
        yield return this["etc/icinga2.conf"];
        yield return $"-DConfigDir={this["etc"]}";
        yield return $"-DDataDir={this["data"]}";
        yield return $"-DLogDir={this["log"]}";
        yield return $"-DCacheDir={this["cache"]}";
        yield return $"-DSpoolDir={this["spool"]}";
        yield return $"-DInitRunDir={this["run"]}";
        yield return $"-DPidPath={this["run/icinga2.pid"]}";
        if (Environment.IsPrivilegedProcess)
        {
            yield break;
        }

        yield return $"-DRunAsUser={Environment.UserName}";
        yield return $"-DRunAsGroup={Environment.UserName}";
    }

    private string Configuration() => $$"""
        const NodeName = "localhost"
        const ZoneName = NodeName
        object Endpoint NodeName { }
        object Zone ZoneName { endpoints = [ NodeName ] }
        object IcingaApplication "app" { }
        object NotificationComponent "notification" { }
        object FileLogger "log" {
          path = "{{this["log/icinga2.log"]}}"
          severity = "information"
        }
        object ApiListener "api" {
          bind_host = "127.0.0.1"
          bind_port = {{Port}}
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
          command = [ "{{this["notify"]}}" ]
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

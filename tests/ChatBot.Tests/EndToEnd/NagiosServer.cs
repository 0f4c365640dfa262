using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>A real Nagios 4.</summary>
internal sealed partial class NagiosServer() : MonitorServer("nagios", "rw", "var", "results")
{
    private const string Program = "/usr/sbin/nagios4";
    private const string StockCommands = "/etc/nagios4/objects/commands.cfg";

    public string CommandFile => this["rw/nagios.cmd"];

    public string StatusFile => this["var/status.dat"];

    public string Log => File.Exists(this["var/nagios.log"]) ? File.ReadAllText(this["var/nagios.log"]) : "";

    public override async Task StartAsync()
    {
        Assert.SkipUnless(File.Exists(Program) && File.Exists(StockCommands), "nagios4-core is not installed");
        Write("objects.cfg", Objects());
        Launch(Program, Write("nagios.cfg", Configuration()));
        await Eventually.UntilAsync("Nagios runs", () => File.Exists(CommandFile) && File.Exists(StatusFile), () => Said + Log);
    }

    public override Task CheckAsync(string service, int state, string output) =>
        TellAsync($"PROCESS_SERVICE_CHECK_RESULT;{Host};{service};{state};{output}");

    /// <summary>Somebody gives Nagios a command.</summary>
    public Task TellAsync(string command) => File.AppendAllTextAsync(
        CommandFile, string.Create(CultureInfo.InvariantCulture, $"[{RealClock.Instance.GetUtcNow().ToUnixTimeSeconds()}] {command}\n"));

    protected override void Configure(BotHome home) => home.Nagios = $"command_file = \"{CommandFile}\"\nstatus_file = \"{StatusFile}\"";

    private string Objects()
    {
        var stock = string.Join('\n', StockNotification().Matches(File.ReadAllText(StockCommands)).Select(match => match.Value))
            .Replace("/usr/bin/mail ", $"/bin/sh {this["deliver"]} ", StringComparison.Ordinal);
        var days = string.Join('\n', ((string[])["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]).Select(day => $"{day} 00:00-24:00"));
        return $$"""
            {{stock}}
            define command {
              command_name none
              command_line /bin/true
            }
            define timeperiod {
              timeperiod_name always
              alias always
              {{days}}
            }
            define contact {
              contact_name root
              email root@globenet.org
              host_notification_period always
              service_notification_period always
              host_notification_options d,u,r,s
              service_notification_options w,u,c,r,s
              host_notification_commands notify-host-by-email
              service_notification_commands notify-service-by-email
            }
            define host {
              host_name {{Host}}
              address 127.0.0.1
              contacts root
              max_check_attempts 1
              check_period always
              notification_period always
              active_checks_enabled 0
            }
            {{Service("POP3")}}
            {{Service("IMAP")}}
            """;
    }

    private static string Service(string name) => $$"""
        define service {
          host_name {{Host}}
          service_description {{name}}
          contacts root
          check_command none
          max_check_attempts 1
          check_period always
          notification_period always
          active_checks_enabled 0
        }
        """;

    private string Configuration() => $"""
        log_file={this["var/nagios.log"]}
        cfg_file={this["objects.cfg"]}
        object_cache_file={this["var/objects.cache"]}
        status_file={StatusFile}
        status_update_interval=1
        nagios_user={(Environment.IsPrivilegedProcess ? "nagios" : Environment.UserName)}
        nagios_group={(Environment.IsPrivilegedProcess ? "nagios" : Environment.UserName)}
        check_external_commands=1
        command_file={CommandFile}
        lock_file={this["var/nagios.lock"]}
        temp_file={this["var/nagios.tmp"]}
        temp_path={this["var"]}
        check_result_path={this["results"]}
        query_socket={this["rw/nagios.qh"]}
        state_retention_file={this["var/retention.dat"]}
        retain_state_information=1
        event_broker_options=0
        log_rotation_method=n
        use_syslog=0
        check_for_updates=0
        illegal_macro_output_chars=`~$&|'"<>

        """;

    [GeneratedRegex(@"^define command \{\s+command_name\s+notify-(host|service)-by-email\s.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex StockNotification();
}

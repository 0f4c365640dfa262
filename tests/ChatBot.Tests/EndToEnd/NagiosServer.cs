using System.Globalization;
using System.Text.RegularExpressions;
using ChatBot.Send;
using ChatBot.Tests.Configuration;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>A real Nagios 4.</summary>
internal sealed partial class NagiosServer() : MonitorServer("nagios", "rw", "var", "results")
{
    private const string Program = "/usr/sbin/nagios4";
    private const string StockCommands = "/etc/nagios4/objects/commands.cfg";

    private string? _packaged;

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

    /// <summary>
    /// Its notifications go by the packaged files to the program, for the bot of this home; without a mail. Before the start.
    /// </summary>
    public void NotifyBySend(BotHome home)
    {
        var packaging = Path.Combine(Repository.Root, "packaging", "nagios");
        // The monitor's user may not look into the folder of whoever runs the tests.
        var call = ChatBotProgram.Call is [var binary] ? Copied(binary) : string.Join(' ', ChatBotProgram.Call);
        var program = Write("chatbot", $"""
            #!/bin/sh
            shift
            exec {call} send --config {home.ConfigurationFile} "$@"

            """);
        var notify = Write("chatbot-notify", Replace(
            File.ReadAllText(Path.Combine(packaging, "chatbot-notify")), "/usr/bin/sudo -n -u chatbot /usr/bin/chatbot", program));
        _packaged = Replace(File.ReadAllText(Path.Combine(packaging, "chatbot.cfg")), "/usr/lib/chatbot/chatbot-notify", notify);
        OpenToNagios(home);
    }

    private string Copied(string binary)
    {
        File.Copy(binary, this["native"], overwrite: true);
        File.SetUnixFileMode(this["native"], (UnixFileMode)0b111_101_101);
        return this["native"];
    }

    /// <summary>A check of hal itself has this result.</summary>
    public Task CheckHostAsync(int state, string output) => TellAsync($"PROCESS_HOST_CHECK_RESULT;{Host};{state};{output}");

    public override Task CheckAsync(string service, int state, string output) =>
        TellAsync($"PROCESS_SERVICE_CHECK_RESULT;{Host};{service};{state};{output}");

    /// <summary>Somebody gives Nagios a command.</summary>
    public Task TellAsync(string command) => File.AppendAllTextAsync(
        CommandFile, string.Create(CultureInfo.InvariantCulture, $"[{RealClock.Instance.GetUtcNow().ToUnixTimeSeconds()}] {command}\n"));

    protected override void Configure(BotHome home) => home.Nagios = $"command_file = \"{CommandFile}\"\nstatus_file = \"{StatusFile}\"";

    private static string Replace(string text, string packaged, string here)
    {
        Assert.Contains(packaged, text, StringComparison.Ordinal);
        return text.Replace(packaged, here, StringComparison.Ordinal);
    }

    // In place of sudo, which changes to the user of the bot.
    private static void OpenToNagios(BotHome home)
    {
        File.SetUnixFileMode(home.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(home.ConfigurationFile, (UnixFileMode)0b110_100_100);
        Directory.CreateDirectory(home.Data);
        var spool = SendIntake.Spool(home.Data);
        foreach (var folder in (string[])[spool, .. ((string[])["tmp", "new", "cur"]).Select(name => Path.Combine(spool, name))])
        {
            Directory.CreateDirectory(folder);
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        }
    }

    private string Objects()
    {
        var contact = _packaged is null ? "root" : "chatbot";
        var stock = string.Join('\n', StockNotification().Matches(File.ReadAllText(StockCommands)).Select(match => match.Value))
            .Replace("/usr/bin/mail ", $"/bin/sh {this["deliver"]} ", StringComparison.Ordinal);
        var days = string.Join('\n', ((string[])["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]).Select(day => $"{day} 00:00-24:00"));
        return $$"""
            {{stock}}
            {{_packaged}}
            define command {
              command_name none
              command_line /bin/true
            }
            define timeperiod {
              timeperiod_name 24x7
              alias 24x7
              {{days}}
            }
            define contact {
              contact_name root
              email root@globenet.org
              host_notification_period 24x7
              service_notification_period 24x7
              host_notification_options d,u,r,s
              service_notification_options w,u,c,r,s
              host_notification_commands notify-host-by-email
              service_notification_commands notify-service-by-email
            }
            define host {
              host_name {{Host}}
              address 127.0.0.1
              contacts {{contact}}
              max_check_attempts 1
              check_period 24x7
              notification_period 24x7
              active_checks_enabled 0
            }
            {{Service("POP3", contact)}}
            {{Service("IMAP", contact)}}
            """;
    }

    private static string Service(string name, string contact) => $$"""
        define service {
          host_name {{Host}}
          service_description {{name}}
          contacts {{contact}}
          check_command none
          max_check_attempts 1
          check_period 24x7
          notification_period 24x7
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

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatBot.Tests.EndToEnd;

/// <summary>
/// A real Nagios 4 that watches hal by passive checks, all of it in a folder of its own; its notifications are Debian's, which a small
/// script delivers to a Maildir.
/// </summary>
internal sealed partial class NagiosServer : IDisposable
{
    public const string Host = "hal.globenet.org";

    private const string Program = "/usr/sbin/nagios4";
    private const string StockCommands = "/etc/nagios4/objects/commands.cfg";
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    private readonly TemporaryFolder _folder = new();
    private readonly string _configuration;
    private Process? _process;

    public NagiosServer()
    {
        foreach (var name in (string[])["", "rw", "var", "results", "Maildir", "Maildir/tmp", "Maildir/new", "Maildir/cur"])
        {
            Directory.CreateDirectory(_folder[name]);
            File.SetUnixFileMode(_folder[name], Everybody); // Nagios is never root.
        }

        Write("deliver", Delivery());
        Write("objects.cfg", Objects());
        _configuration = Write("nagios.cfg", Configuration());
    }

    /// <summary>Why it cannot run here, or null.</summary>
    public static string? Missing => File.Exists(Program) && File.Exists(StockCommands) ? null : "nagios4-core is not installed";

    public string Maildir => _folder["Maildir"];

    public string CommandFile => _folder["rw/nagios.cmd"];

    public string StatusFile => _folder["var/status.dat"];

    public string Log => File.Exists(_folder["var/nagios.log"]) ? File.ReadAllText(_folder["var/nagios.log"]) : "";

    /// <summary>What of the bot's configuration is about it.</summary>
    public string Toml => $"command_file = \"{CommandFile}\"\nstatus_file = \"{StatusFile}\"";

    public string Source => $"""
        [[mail.sources]]
        kind = "maildir"
        path = "{Maildir}"
        closed = true
        """;

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(_configuration);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Wait.UntilAsync("Nagios runs", () => File.Exists(CommandFile) && File.Exists(StatusFile), () => Log);
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
    public Task CheckAsync(string service, int state, string output) =>
        TellAsync($"PROCESS_SERVICE_CHECK_RESULT;{Host};{service};{state};{output}");

    /// <summary>Somebody gives Nagios a command.</summary>
    public Task TellAsync(string command) => File.AppendAllTextAsync(
        CommandFile, string.Create(CultureInfo.InvariantCulture, $"[{RealClock.Instance.GetUtcNow().ToUnixTimeSeconds()}] {command}\n"));

    public void Dispose()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _folder.Dispose();
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
        printf 'From: nagios@{Host}\nTo: %s\nSubject: %s\nDate: %s\nMessage-Id: <%s>\n\n' "$3" "$2" "$(LC_ALL=C date -R)" "$name" > {Maildir}/tmp/$name
        cat >> {Maildir}/tmp/$name && mv {Maildir}/tmp/$name {Maildir}/new/$name

        """;

    private string Objects()
    {
        var stock = string.Join('\n', StockNotification().Matches(File.ReadAllText(StockCommands)).Select(match => match.Value))
            .Replace("/usr/bin/mail ", $"/bin/sh {_folder["deliver"]} ", StringComparison.Ordinal);
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
              host_notification_options d,u,r
              service_notification_options w,u,c,r
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
        log_file={_folder["var/nagios.log"]}
        cfg_file={_folder["objects.cfg"]}
        object_cache_file={_folder["var/objects.cache"]}
        status_file={StatusFile}
        status_update_interval=1
        nagios_user={(Environment.IsPrivilegedProcess ? "nagios" : Environment.UserName)}
        nagios_group={(Environment.IsPrivilegedProcess ? "nagios" : Environment.UserName)}
        check_external_commands=1
        command_file={CommandFile}
        lock_file={_folder["var/nagios.lock"]}
        temp_file={_folder["var/nagios.tmp"]}
        temp_path={_folder["var"]}
        check_result_path={_folder["results"]}
        query_socket={_folder["rw/nagios.qh"]}
        state_retention_file={_folder["var/retention.dat"]}
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

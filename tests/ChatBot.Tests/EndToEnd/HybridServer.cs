
using ChatBot.Tests.Configuration;

namespace ChatBot.Tests.EndToEnd;

/// <summary>
/// A real ircd-hybrid with the flood limits of Debian, but for the pace of connections: many tests come from one address. Debian has
/// it in conflict with ngircd, so <c>tests/run</c> unpacks the package beside the sources.
/// </summary>
public sealed class HybridServer : RealIrcServer
{
    private static readonly string Program =
        Path.Combine(Repository.Root, "artifacts", "ircd-hybrid", "usr", "sbin", "ircd-hybrid");

    public override string? Missing =>
        !File.Exists(Program) ? "ircd-hybrid is not unpacked: tests/run does it"
        : !Directory.Exists("/usr/lib/ircd-hybrid/modules") ? "the modules of ircd-hybrid are not where it looks for them: see tests/run"
        : null;

    protected override async Task StartProgramAsync()
    {
        var file = await WriteAsync("hybrid.conf", Configuration());
        // A copy: who it runs as may not come to where the sources are.
        File.Copy(Program, In("ircd-hybrid"), overwrite: true);
        string[] command =
        [
            In("ircd-hybrid"), "-foreground", "-configfile", file, "-pidfile", In("pid"), "-logfile", In("log"), "-klinefile", In("kline"),
            "-dlinefile", In("dline"), "-xlinefile", In("xline"), "-resvfile", In("resv"),
        ];
        await StartAsNobodyAsync(command);
    }

    private string In(string name) => Path.Combine(Folder.FullName, name);

    private string Configuration() => $$"""
        serverinfo {
          name = "hybrid.chatbot.test"; sid = "0HY"; description = "Test"; network_name = "Test"; network_description = "Test";
          hub = no; default_max_clients = 900; max_nick_length = 30; max_topic_length = 300;
          tls_certificate_file = "{{CertificateFile}}"; rsa_private_key_file = "{{KeyFile}}";
        };
        admin { name = "test"; description = "test"; email = "<test@localhost>"; };
        class {
          name = "users"; ping_time = 90 seconds; number_per_ip_local = 900; number_per_ip_global = 900; max_number = 900;
          sendq = 1 megabyte; recvq = 2560 bytes; max_channels = 60;
        };
        listen { host = "127.0.0.1"; port = {{Port}}; flags = tls; port = {{TlsPort}}; };
        auth { user = "*@*"; class = "users"; flags = no_tilde; };
        channel { disable_fake_channels = yes; max_channels = 25; max_bans = 100; default_join_flood_count = 18; default_join_flood_time = 6 seconds; };
        general {
          throttle_count = 1000; throttle_time = 1 second;
          default_floodcount = 10; default_floodtime = 1 second; pace_wait_simple = 1 second; pace_wait = 10 seconds; max_targets = 4;
          disable_auth = yes; ping_cookie = no; anti_nick_flood = no; anti_spam_exit_message_time = 0;
        };
        log { use_logging = yes; file { type = oper; name = "{{In("oper.log")}}"; size = unlimited; }; };
        """;
}

namespace ChatBot.Tests.EndToEnd;

/// <summary>Atheme, linked to an InspIRCd: NickServ, ChanServ and SASL. It listens nowhere itself.</summary>
internal sealed class AthemeServices(int linkPort) : LoopbackServer
{
    private static readonly string[] Modules =
    [
        "protocol/inspircd", "backend/opensex", "crypto/pbkdf2v2", "nickserv/main", "nickserv/identify", "nickserv/register", "nickserv/ghost",
        "nickserv/cert", "nickserv/logout", "saslserv/main", "saslserv/plain", "saslserv/external",
        "chanserv/main", "chanserv/register", "chanserv/flags", "chanserv/invite", "chanserv/unban_self", "chanserv/voice",
    ];

    public async Task StartAsync()
    {
        var file = Path.Combine(Folder.FullName, "atheme.conf");
        await File.WriteAllTextAsync(file, Configuration());
        Launch(
            "atheme-services", "-n", "-c", file, "-l", Path.Combine(Folder.FullName, "log"), "-p", Path.Combine(Folder.FullName, "pid"),
            "-D", Folder.FullName);
    }

    private string Configuration() => $$"""
        {{string.Concat(Modules.Select(m => $"loadmodule \"modules/{m}\";\n"))}}
        serverinfo {
          name = "services.chatbot.test"; desc = "services"; numeric = "00A"; recontime = 1; netname = "Test";
          hidehostsuffix = "users.test"; adminname = "t"; adminemail = "t@localhost"; registeremail = "t@localhost";
          mta = "/bin/false"; loglevel = { error; info; }; maxcertfp = 10; maxlogins = 20; maxusers = 100; mdlimit = 30;
          emaillimit = 10; emailtime = 300; auth = none; casemapping = rfc1459;
        };
        uplink "inspircd.chatbot.test" {
          host = "127.0.0.1"; send_password = "linkpw"; receive_password = "linkpw"; port = {{linkPort}};
        };
        nickserv { nick = "NickServ"; user = "services"; host = "services.chatbot.test"; real = "Services"; maxnicks = 5; expire = 30; };
        chanserv { nick = "ChanServ"; user = "services"; host = "services.chatbot.test"; real = "Services"; maxchans = 5; expire = 30; };
        saslserv { nick = "SaslServ"; user = "services"; host = "services.chatbot.test"; real = "SASL"; };
        database { };
        general { commit_interval = 5; default_clone_allowed = 1000; default_clone_warn = 900; flood_msgs = 0; };
        """;
}

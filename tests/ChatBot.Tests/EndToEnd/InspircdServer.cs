namespace ChatBot.Tests.EndToEnd;

/// <summary>
/// A real InspIRCd with most of IRCv3, alone or with Atheme for accounts. Default flood limits: threshold 10 with fakelag.
/// </summary>
public sealed class InspircdServer : RealIrcServer
{
    private const string Modules = """
        cap ircv3 ircv3_accounttag ircv3_batch ircv3_capnotify ircv3_chghost ircv3_ctctags ircv3_echomessage ircv3_invitenotify
        ircv3_labeledresponse ircv3_msgid ircv3_servertime monitor botmode uhnames setname chghost spanningtree
        hideoper globops deaf ssl_gnutls sslinfo blockcolor stripcolor
        """;

    // What version 4 (Debian 13) renamed, and what it was in version 3 (Debian 12).
    private static readonly bool IsVersion4 = File.Exists("/usr/lib/inspircd/modules/m_account.so");
    private static readonly string Renamed = IsVersion4 ? "multiprefix sha2 services" : "namesx sha256 svshold servprotect";
    private static readonly string Accounts = IsVersion4 ? "account" : "services_account";
    private static readonly string TrustedServer = IsVersion4 ? "services" : "uline";

    private readonly int _linkPort = FreePort.Ask();
    private AthemeServices? _services;

    /// <summary>With NickServ and SASL.</summary>
    public bool HasServices { get; init; }

    /// <summary>What has too much to say is slowed down; else it is killed.</summary>
    public bool IsLenient { get; init; } = true;

    /// <summary>How many commands it takes at once; one a second is forgotten.</summary>
    public int Threshold { get; init; } = 10;

    /// <summary>The other server of the network, to which this one links itself.</summary>
    public InspircdServer? Hub { get; init; }

    public override string? Missing =>
        !IsInstalled("inspircd") ? "inspircd is not installed"
        : HasServices && !IsInstalled("atheme-services") ? "atheme-services is not installed"
        : HasServices && IsVersion4 ? "InspIRCd 4 takes no link from Atheme 7.2, whose protocol is too old for it"
        : null;

    // The servers of one network must agree on this.
    private bool KnowsAccounts => HasServices || Hub is { HasServices: true };

    private string Name => Hub is null ? "inspircd.chatbot.test" : "leaf.chatbot.test";

    /// <summary>Both, and of versions that link.</summary>
    public static bool IsInstalled() => IsInstalled("inspircd") && IsInstalled("atheme-services") && !IsVersion4;

    /// <summary>With accounts.</summary>
    public static Task<InspircdServer> StartAsync() => StartedAsync(new InspircdServer { HasServices = true });

    /// <summary>Somebody with an account of the services, identified to it and in a channel.</summary>
    public async Task<RawIrcUser> RegisterAsync(string nick, string channel, bool showsCertificate = false)
    {
        var user = await RawIrcUser.JoinAsync(showsCertificate ? TlsPort : Port, nick, channel, showsCertificate);
        await user.SendAsync($"PRIVMSG NickServ :REGISTER password {nick}@localhost.test");
        await user.HearAsync(" 900 ");
        return user;
    }

    protected override async Task StartProgramAsync()
    {
        await WriteAsync("motd", "test\n");
        var file = await WriteAsync("inspircd.conf", Configuration());
        string[] asRoot = Environment.IsPrivilegedProcess ? ["--runasroot"] : [];
        await StartAsync("inspircd", ["--nofork", "--nopid", .. asRoot, "--config", file]);
        if (!HasServices)
        {
            return;
        }

        _services?.Dispose();
        _services = new AthemeServices(_linkPort);
        await _services.StartAsync();
        await WaitForServicesAsync();
    }

    protected override void Dispose(bool disposing)
    {
        _services?.Dispose();
        base.Dispose(disposing);
    }

    // The services are there when NickServ answers.
    private async Task WaitForServicesAsync()
    {
        using var user = await RawIrcUser.JoinAsync(Port, "probe", "#probe");
        for (var asked = 0; asked < 400; asked++)
        {
            await user.SendAsync("ISON NickServ");
            var answer = await user.HearAsync(line => line.Contains(" 303 ", StringComparison.Ordinal));
            if (answer.Contains("NickServ", StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), RealClock.Instance);
        }
        throw new TimeoutException("The services did not come.");
    }

    private string Configuration() => $"""
        <config format="xml">
        <server name="{Name}" description="Test" id="{(Hub is null ? "97K" : "98K")}" network="Test">
        <admin name="test" nick="test" email="test@localhost">
        <bind address="127.0.0.1" port="{Port}" type="clients">
        <bind address="127.0.0.1" port="{TlsPort}" type="clients" sslprofile="Clients">
        <bind address="127.0.0.1" port="{_linkPort}" type="servers">
        <sslprofile name="Clients" provider="gnutls" certfile="{CertificateFile}" keyfile="{KeyFile}" hash="sha256" requestclientcert="yes">
        <files motd="{Folder.FullName}/motd">
        <connect name="main" allow="*" timeout="60" pingfreq="120" recvq="8K" localmax="500" globalmax="500" resolvehostnames="no" useident="no" threshold="{Threshold}" commandrate="1000" fakelag="{(IsLenient ? "yes" : "no")}">
        <cidr ipv4clone="32" ipv6clone="128">
        <dns server="127.0.0.1" timeout="1">
        <options prefixquit="Quit: " defaultmodes="not" casemapping="rfc1459">
        <log method="file" type="* -USERINPUT -USEROUTPUT" level="default" target="{Folder.FullName}/log">
        {string.Concat($"{Modules} {Renamed}".Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(Module))}
        <class name="All" commands="*" privs="*" usermodes="*" chanmodes="*">
        <type name="Admin" classes="All">
        <oper name="admin" password="adminpw" host="*@*" type="Admin">
        {(KnowsAccounts ? Services() : "")}
        {(Hub is null ? Link("leaf.chatbot.test", _linkPort) : Link(Hub.Name, Hub._linkPort) + $"<autoconnect period=\"1\" server=\"{Hub.Name}\">")}
        """;

    private static string Module(string name) => $"<module name=\"{name}\">\n";

    private static string Link(string name, int port) =>
        $"<link name=\"{name}\" ipaddr=\"127.0.0.1\" port=\"{port}\" allowmask=\"127.0.0.1/32\" sendpass=\"linkpw\" recvpass=\"linkpw\">\n";

    private string Services() => $"""
        {Module(Accounts)}{Module("sasl")}{(HasServices ? Link("services.chatbot.test", _linkPort) : "")}
        <{TrustedServer} server="services.chatbot.test" silent="yes">
        <sasl target="services.chatbot.test">
        """;
}

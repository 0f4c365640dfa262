namespace ChatBot.Tests.EndToEnd;

/// <summary>
/// A real InspIRCd with most of IRCv3, and Atheme for accounts. Default flood limits: threshold 10 with fakelag.
/// </summary>
internal sealed class InspircdServer : LoopbackServer
{
    private const string Modules = """
        cap ircv3 ircv3_accounttag ircv3_batch ircv3_capnotify ircv3_chghost ircv3_ctctags ircv3_echomessage ircv3_invitenotify
        ircv3_labeledresponse ircv3_msgid ircv3_servertime monitor botmode services_account sasl namesx uhnames setname chghost
        spanningtree sha256 svshold hideoper globops deaf servprotect
        """;

    private readonly int _linkPort = FreePort.Ask();
    private readonly AthemeServices _services;

    private readonly string _newChannelModes;

    private InspircdServer(string newChannelModes) =>
        (_newChannelModes, _services) = (newChannelModes, new AthemeServices(_linkPort));

    public static bool IsInstalled() => IsInstalled("inspircd") && IsInstalled("atheme-services");

    /// <param name="newChannelModes">Of a channel that somebody makes; with "o" they are its operator.</param>
    public static async Task<InspircdServer> StartAsync(string newChannelModes = "nt")
    {
        var server = new InspircdServer(newChannelModes);
        try
        {
            await server.StartBothAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        _services.Dispose();
        base.Dispose();
    }

    /// <summary>Somebody with an account of the services, identified to it and in a channel.</summary>
    public async Task<RawIrcUser> RegisterAsync(string nick, string channel)
    {
        var user = await RawIrcUser.JoinAsync(Port, nick, channel);
        await user.SendAsync($"PRIVMSG NickServ :REGISTER password {nick}@localhost.test");
        await user.HearAsync(" 900 ");
        return user;
    }

    private async Task StartBothAsync()
    {
        var file = Path.Combine(Folder.FullName, "inspircd.conf");
        await File.WriteAllTextAsync(Path.Combine(Folder.FullName, "motd"), "test\n");
        await File.WriteAllTextAsync(file, Configuration());
        string[] asRoot = Environment.IsPrivilegedProcess ? ["--runasroot"] : [];
        await StartAsync("inspircd", ["--nofork", "--nopid", .. asRoot, "--config", file]);
        await _services.StartAsync();
        await WaitForServicesAsync();
    }

    // The services are there when NickServ answers.
    private async Task WaitForServicesAsync()
    {
        using var user = await RawIrcUser.JoinAsync(Port, "probe", "#probe");
        for (var asked = 0; asked < 400; asked++)
        {
            await user.SendAsync("ISON NickServ");
            var answer = await user.HearAsync(line => line.Contains(" 303 ", StringComparison.Ordinal));
            if (answer.Contains("NickServ", StringComparison.Ordinal)) return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), RealClock.Instance);
        }
        throw new TimeoutException("The services did not come.");
    }

    private string Configuration() => $"""
        <config format="xml">
        <server name="inspircd.chatbot.test" description="Test" id="97K" network="Test">
        <admin name="test" nick="test" email="test@localhost">
        <bind address="127.0.0.1" port="{Port}" type="clients">
        <bind address="127.0.0.1" port="{_linkPort}" type="servers">
        <files motd="{Folder.FullName}/motd">
        <connect name="main" allow="*" timeout="60" pingfreq="120" recvq="8K" localmax="500" globalmax="500" resolvehostnames="no" useident="no" threshold="10" commandrate="1000" fakelag="yes">
        <cidr ipv4clone="32" ipv6clone="128">
        <dns server="127.0.0.1" timeout="1">
        <options prefixquit="Quit: " defaultmodes="{_newChannelModes}" casemapping="rfc1459">
        <log method="file" type="* -USERINPUT -USEROUTPUT" level="default" target="{Folder.FullName}/log">
        {string.Concat(Modules.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(m => $"<module name=\"{m}\">\n"))}
        <link name="services.chatbot.test" ipaddr="127.0.0.1" port="{_linkPort}" allowmask="127.0.0.1/32" sendpass="linkpw" recvpass="linkpw">
        <uline server="services.chatbot.test" silent="yes">
        <sasl target="services.chatbot.test">
        """;
}

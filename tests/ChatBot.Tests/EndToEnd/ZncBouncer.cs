namespace ChatBot.Tests.EndToEnd;

/// <summary>A real ZNC that is on an IRC server and in the channel as the bot, whether the bot is there or not.</summary>
internal sealed class ZncBouncer(int ircPort) : LoopbackServer
{
    /// <summary>What the bot gives as the password of the server: whose bouncer, to which network, and the secret.</summary>
    public const string Password = "globot/test:secret";

    public static bool IsInstalled() => IsInstalled("znc");

    public async Task StartAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder.FullName, "configs"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "znc.conf"), Configuration());
        await StartAsNobodyAsync("znc", "--foreground", "--datadir", Folder.FullName);
    }

    private string Configuration() => $"""
        Version = 1.8
        AnonIPLimit = 0
        ConnectDelay = 0
        ServerThrottle = 0
        <Listener clients>
          Host = 127.0.0.1
          Port = {Port}
          IPv4 = true
          IPv6 = false
          SSL = false
          AllowIRC = true
          AllowWeb = false
        </Listener>
        <User globot>
          Nick = globot
          AltNick = globot_
          Ident = globot
          RealName = globot
          <Network test>
            Server = 127.0.0.1 {ircPort}
            <Chan {BotHome.Channel}>
            </Chan>
          </Network>
          <Pass password>
            Method = Plain
            Hash = secret
          </Pass>
        </User>
        """;
}

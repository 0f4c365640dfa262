namespace ChatBot.Tests.EndToEnd;

/// <summary>A real ngIRCd: no accounts, no capabilities but multi-prefix, three lines a second.</summary>
internal sealed class NgircdServer : LoopbackServer
{
    private string? _password;

    public static bool IsInstalled() => IsInstalled("ngircd");

    /// <param name="password">Which everybody must give; null for none.</param>
    public static async Task<NgircdServer> StartAsync(string? password = null)
    {
        var server = new NgircdServer { _password = password };
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Starts it on the same port, after a kill.</summary>
    public async Task StartAgainAsync()
    {
        var file = Path.Combine(Folder.FullName, "ngircd.conf");
        // A server started by root must be told that it may stay root; another user cannot change who it is.
        var user = Environment.IsPrivilegedProcess ? "ServerUID = root\n\tServerGID = root" : "";
        await File.WriteAllTextAsync(file, $"""
            [Global]
            	Name = ngircd.chatbot.test
            	Info = Test
            	Listen = 127.0.0.1
            	Ports = {Port}
            	MotdPhrase = "test"
            	AdminInfo1 = test
            	{user}
            	{(_password is null ? "" : $"Password = {_password}")}
            [Limits]
            	MaxConnections = 0
            	MaxConnectionsIP = 0
            	MaxJoins = 0
            	MaxNickLength = 30
            [Options]
            	DNS = no
            	Ident = no
            	PAM = no
            [Operator]
            	Name = admin
            	Password = adminpw
            """);
        await StartAsync("ngircd", "-n", "-f", file);
    }
}

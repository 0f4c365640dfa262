namespace ChatBot.Tests.EndToEnd;

/// <summary>A real ngIRCd: no accounts, no capabilities but multi-prefix, three lines a second.</summary>
public sealed class NgircdServer : RealIrcServer
{
    /// <summary>Which everybody must give; null for none.</summary>
    public string? Password { get; init; }

    public override string? Missing => IsInstalled() ? null : "ngircd is not installed";

    public static bool IsInstalled() => IsInstalled("ngircd");

    /// <param name="password">Which everybody must give; null for none.</param>
    public static Task<NgircdServer> StartAsync(string? password = null) => StartedAsync(new NgircdServer { Password = password });

    protected override async Task StartProgramAsync()
    {
        // A server started by root must be told that it may stay root; another user cannot change who it is.
        var user = Environment.IsPrivilegedProcess ? "ServerUID = root\n\tServerGID = root" : "";
        var file = await WriteAsync("ngircd.conf", $"""
            [Global]
            	Name = ngircd.chatbot.test
            	Info = Test
            	Listen = 127.0.0.1
            	Ports = {Port}
            	MotdPhrase = "test"
            	AdminInfo1 = test
            	{user}
            	{(Password is null ? "" : $"Password = {Password}")}
            [Limits]
            	MaxConnections = 0
            	MaxConnectionsIP = 0
            	MaxJoins = 0
            	MaxNickLength = 30
            [Options]
            	DNS = no
            	Ident = no
            	PAM = no
            [SSL]
            	CertFile = {CertificateFile}
            	KeyFile = {KeyFile}
            	Ports = {TlsPort}
            [Operator]
            	Name = admin
            	Password = adminpw
            """);
        await StartAsync("ngircd", "-n", "-f", file);
    }
}

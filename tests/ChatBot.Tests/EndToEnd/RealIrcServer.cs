using System.Text;

namespace ChatBot.Tests.EndToEnd;

/// <summary>A real IRC server: <see cref="LoopbackServer.Port"/> in the clear, <see cref="TlsPort"/> with TLS.</summary>
public abstract class RealIrcServer : LoopbackServer
{
    public int TlsPort { get; } = FreePort.Ask();

    /// <summary>Why it cannot be started here; null where it can.</summary>
    public abstract string? Missing { get; }

    /// <summary>Shows a certificate of yesterday.</summary>
    public bool HasExpired { get; init; }

    protected string CertificateFile => Path.Combine(Folder.FullName, "server.pem");

    protected string KeyFile => Path.Combine(Folder.FullName, "server.key");

    /// <summary>Starts it, or starts it on the same ports after a kill.</summary>
    public async Task StartAgainAsync()
    {
        await File.WriteAllTextAsync(CertificateFile, HasExpired ? TestCertificates.ExpiredPem : TestCertificates.ServerPem);
        await File.WriteAllTextAsync(KeyFile, TestCertificates.KeyPem);
        await StartProgramAsync();
    }

    protected abstract Task StartProgramAsync();

    /// <summary>Writes a configuration and gives its path. No server wants a byte order mark.</summary>
    protected async Task<string> WriteAsync(string name, string text)
    {
        var file = Path.Combine(Folder.FullName, name);
        await File.WriteAllTextAsync(file, text, new UTF8Encoding(false));
        return file;
    }

    /// <summary>Starts what has just been made, or leaves nothing of it.</summary>
    protected static async Task<T> StartedAsync<T>(T server) where T : RealIrcServer
    {
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
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>A real Dovecot 2.3 on loopback with one user, its mail in a Maildir, all of it in a folder of its own.</summary>
internal sealed class DovecotServer : IAsyncDisposable
{
    public const string User = "globot";
    public const string Password = "correct horse";

    /// <summary>Dovecot serves no mail as root, and only root may give files away.</summary>
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    private const string Program = "/usr/sbin/dovecot";
    private const string Pop3 = "/usr/lib/dovecot/pop3";
    private const string Agent = "/usr/lib/dovecot/dovecot-lda";

    private readonly TemporaryFolder _temp = new();
    private readonly string _config;
    private Process? _process;
    private int _delivered;

    public DovecotServer()
    {
        MakeCertificate();
        File.SetUnixFileMode(_temp.Path, Everybody);
        foreach (var folder in (string[])["mail", "mail/new", "mail/cur", "mail/tmp"])
        {
            Directory.CreateDirectory(_temp[folder]);
            File.SetUnixFileMode(_temp[folder], Everybody);
        }
        _config = _temp["dovecot.conf"];
        File.WriteAllText(_config, Config());
        File.WriteAllText(_temp["users"], $"{User}:{{PLAIN}}{Password}::::::\n");
    }

    /// <summary>Why it cannot run here, or null.</summary>
    public static string? Missing =>
        !File.Exists(Program) || !File.Exists(Pop3) ? "Dovecot is not installed, with IMAP and POP3" : Environment.UserName != "root" ? "Dovecot needs root to start" : null;

    public int Port { get; } = FreePort.Ask();

    public int TlsPort { get; } = FreePort.Ask();

    public int Pop3Port { get; } = FreePort.Ask();

    public int Pop3TlsPort { get; } = FreePort.Ask();

    /// <summary>Path of a PEM file with the authority of its certificate: the certificate itself.</summary>
    public string Authority => _temp["tls.pem"];

    public string Inbox => _temp["mail"];

    public int Waiting => Count(_temp["mail"]);

    /// <summary>How many mails stand in a subfolder, named as Maildir++ names it on the disk.</summary>
    public int In(string subfolder) => Count(_temp[$"mail/.{subfolder}"]);

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-F", "-c", _config])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        await Eventually.Is(IsListening);
    }

    /// <summary>Ends the server and all its connections, as a power cut would.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
        {
            return;
        }

        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        _process.Dispose();
        _process = null;
    }

    /// <summary>
    /// While it is stopped: it forgets how it numbered the inbox, as of a mailbox that somebody has deleted and made again. That it never gives two
    /// the same UIDVALIDITY it keeps.
    /// </summary>
    public void MakeAnew()
    {
        foreach (var file in Directory.EnumerateFiles(Inbox, "dovecot*").Where(file => !file.Contains("uidvalidity", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }
    }

    /// <summary>As a local delivery agent does: written under tmp, renamed into new.</summary>
    public void Deliver(byte[] mail)
    {
        var name = $"{1795381483 + Interlocked.Increment(ref _delivered)}.M1P1.test";
        File.WriteAllBytes(_temp[$"mail/tmp/{name}"], mail);
        File.Move(_temp[$"mail/tmp/{name}"], _temp[$"mail/new/{name}"]);
    }

    /// <summary>As an MTA does: hands the mail to Dovecot's own delivery agent.</summary>
    public async Task DeliverByAgentAsync(byte[] mail)
    {
        var start = new ProcessStartInfo(Agent) { RedirectStandardInput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", _config, "-d", User, "-e"])
        {
            start.ArgumentList.Add(argument);
        }

        using var agent = Process.Start(start)!;
        await agent.StandardInput.BaseStream.WriteAsync(mail);
        agent.StandardInput.Close();
        var errors = await agent.StandardError.ReadToEndAsync().WaitAsync(Eventually.Patience, RealClock.Instance);
        await agent.WaitForExitAsync().WaitAsync(Eventually.Patience, RealClock.Instance);
        Assert.True(agent.ExitCode == 0, errors);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _temp.Dispose();
    }

    private static int Count(string maildir) => ((string[])["new", "cur"]).Sum(f =>
        Directory.Exists(Path.Combine(maildir, f)) ? Directory.EnumerateFiles(Path.Combine(maildir, f)).Count() : 0);

    private bool IsListening()
    {
        Assert.False(_process!.HasExited, "Dovecot ended");
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, TlsPort);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(_temp["tls.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(_temp["tls.key"], key.ExportPkcs8PrivateKeyPem());
    }

    // 2.4 (Debian 13) has other names than 2.3 (Debian 12) for the half of it, and refuses the old ones.
    private static bool IsVersion24()
    {
        using var asked = Process.Start(new ProcessStartInfo(Program, "--version") { RedirectStandardOutput = true })!;
        return !asked.StandardOutput.ReadToEnd().StartsWith("2.3.", StringComparison.Ordinal);
    }

    private string Config() => $$"""
        {{(IsVersion24() ? Version24() : Version23())}}
        base_dir = {{_temp["run"]}}
        state_dir = {{_temp["state"]}}
        log_path = {{_temp["log"]}}
        listen = 127.0.0.1
        protocols = imap pop3
        ssl = yes
        auth_mechanisms = plain
        auth_failure_delay = 0
        mailbox_idle_check_interval = 1 secs
        postmaster_address = postmaster@localhost
        hostname = localhost
        service imap-login {
          inet_listener imap {
            port = {{Port}}
          }
          inet_listener imaps {
            port = {{TlsPort}}
            ssl = yes
          }
        }
        service pop3-login {
          inet_listener pop3 {
            port = {{Pop3Port}}
          }
          inet_listener pop3s {
            port = {{Pop3TlsPort}}
            ssl = yes
          }
        }
        service auth {
          user = root
        }
        """;

    private string Version23() => $$"""
        ssl_cert = <{{_temp["tls.pem"]}}
        ssl_key = <{{_temp["tls.key"]}}
        disable_plaintext_auth = no
        mail_location = maildir:{{_temp["mail"]}}
        passdb {
          driver = passwd-file
          args = {{_temp["users"]}}
        }
        userdb {
          driver = static
          args = uid=65534 gid=65534 home={{_temp["home"]}}
        }
        """;

    // The first line of all must be the version.
    private string Version24() => $$"""
        dovecot_config_version = 2.4.0
        dovecot_storage_version = 2.4.0
        ssl_server_cert_file = {{_temp["tls.pem"]}}
        ssl_server_key_file = {{_temp["tls.key"]}}
        auth_allow_cleartext = yes
        mail_driver = maildir
        mail_path = {{_temp["mail"]}}
        passdb passwd-file {
          passwd_file_path = {{_temp["users"]}}
        }
        userdb static {
          fields {
            uid = 65534
            gid = 65534
            home = {{_temp["home"]}}
          }
        }
        """;
}

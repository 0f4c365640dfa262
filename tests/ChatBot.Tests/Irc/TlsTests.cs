using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Tests.EndToEnd;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>Whom the client believes under TLS. All certificates are made here, most of them by an authority of the test.</summary>
public sealed class TlsTests : IDisposable
{
    private static readonly DateTimeOffset Now = RealClock.Instance.GetUtcNow();
    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _authority;

    public TlsTests()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
        _folder.Write("ca.pem", _authority.ExportCertificatePem());
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", false)]
    public async Task A_certificate_must_carry_the_name_we_asked_for(string host, bool isAccepted)
    {
        using var certificate = Signed("localhost");
        await using var server = new ScriptedServer(certificate);

        await AssertTlsAsync(server, Settings(server) with { Servers = [new(host, server.Port)] }, isAccepted);
    }

    [Theory]
    [InlineData(-20, -1, false)]
    [InlineData(1, 20, false)]
    [InlineData(-20, 1, true)]
    public async Task A_certificate_is_good_in_its_time_only(int from, int to, bool isAccepted)
    {
        using var certificate = Signed("localhost", from, to);
        await using var server = new ScriptedServer(certificate);

        await AssertTlsAsync(server, Settings(server), isAccepted);
    }

    [Fact]
    public async Task A_certificate_of_nobody_we_know_is_refused()
    {
        using var certificate = Signed("localhost");
        await using var server = new ScriptedServer(certificate);

        await AssertTlsAsync(server, Settings(server) with { TlsCaFile = null }, isAccepted: false);
    }

    [Fact]
    public async Task An_authority_vouches_for_nobody_else()
    {
        using var certificate = SelfSigned("localhost");
        await using var server = new ScriptedServer(certificate);

        await AssertTlsAsync(server, Settings(server), isAccepted: false);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_the_pinned_certificate_is_accepted(bool isRight)
    {
        using var certificate = SelfSigned("another.name");
        await using var server = new ScriptedServer(certificate);
        var fingerprint = isRight ? certificate.GetCertHashString(HashAlgorithmName.SHA256) : new string('0', 64);

        await AssertTlsAsync(server, Settings(server) with { TlsCaFile = null, TlsFingerprint = fingerprint }, isRight);
    }

    [Fact]
    public async Task Our_own_certificate_is_shown_to_who_asks()
    {
        using var certificate = Signed("localhost");
        using var own = SelfSigned("globot");
        var file = _folder.Write("globot.pem", own.ExportCertificatePem() + "\n" + own.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await using var server = new ScriptedServer(certificate);
        await using var bot = new RunningClient(Settings(server) with { Sasl = new IrcSasl(SaslMechanism.External, CertificateFile: file) });

        await server.AcceptAsync();
        await server.SayAsync("CAP * LS :sasl=EXTERNAL");
        await server.SayAsync("CAP * ACK :sasl");
        await server.HearAsync("AUTHENTICATE EXTERNAL");

        Assert.Equal(own.Thumbprint, server.Shown?.GetCertHashString());
    }

    // A ServerHello of TLS 1.1 for TLS_RSA_WITH_AES_128_CBC_SHA: a client that takes it would wait for the certificate.
    [Fact]
    public async Task An_old_TLS_is_refused_with_an_alert()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var bot = new RunningClient(RunningClient.Settings(port) with { Tls = true });
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var hello = new byte[5];
        await stream.ReadExactlyAsync(hello);
        await stream.ReadExactlyAsync(new byte[(hello[3] << 8) | hello[4]]);

        await stream.WriteAsync((byte[])[0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2, .. new byte[32], 0, 0, 0x2f, 0]);

        var alert = new byte[7];
        await stream.ReadExactlyAsync(alert);
        Assert.Equal([0x15, 2, 70], [alert[0], alert[5], alert[6]]);
        Assert.Equal(0, bot.Client.Counters.Connects);
    }

    private IrcSettings Settings(ScriptedServer server) => RunningClient.Settings(server.Port) with
    {
        Tls = true,
        TlsCaFile = Path.Combine(_folder.Path, "ca.pem"),
        Servers = [new("localhost", server.Port)],
    };

    private static async Task AssertTlsAsync(ScriptedServer server, IrcSettings settings, bool isAccepted)
    {
        await using var bot = new RunningClient(settings);
        if (isAccepted)
        {
            await server.WelcomeAsync();
            await bot.NextAsync<IrcEvent.Joined>();
        }
        else
        {
            await Record.ExceptionAsync(server.AcceptAsync);
            await Eventually.UntilAsync("the refusal is counted", () => bot.Client.Counters.ConnectFailures > 0);
            Assert.Equal(0, bot.Client.Counters.Connects);
        }
    }

    private X509Certificate2 Signed(string name, int from = -1, int to = 1)
    {
        using var key = RSA.Create(2048);
        using var signed = Request(name, key).Create(_authority, Now.AddDays(from), Now.AddDays(to), [1, 2, 3, 4]);
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }

    private static X509Certificate2 SelfSigned(string name)
    {
        using var key = RSA.Create(2048);
        using var own = Request(name, key).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }

    private static CertificateRequest Request(string name, RSA key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}

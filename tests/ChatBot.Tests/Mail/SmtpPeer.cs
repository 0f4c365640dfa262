using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ChatBot.Tests.EndToEnd;

namespace ChatBot.Tests.Mail;

/// <summary>A mail server that accepts everything, except what a test makes it answer otherwise.</summary>
internal sealed class SmtpPeer : ScriptedPeer
{

    public IReadOnlyList<string> Extensions { get; init; } = ["8BITMIME"];

    /// <summary>Its answers, by the first word of a command; a dot for the end of a mail. An empty one cuts the connection.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = new();

    /// <summary>Every line that it got.</summary>
    public ConcurrentQueue<string> Received { get; } = new();

    protected override async Task ServeAsync(NetworkStream stream)
    {
        await SendAsync(stream, "220 mail.globenet.org ESMTP");
        await TalkAsync(stream);
    }

    private async Task TalkAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false), false, 1024, leaveOpen: true);
        var isData = false;
        while (await reader.ReadLineAsync(Stopping) is { } line)
        {
            Received.Enqueue(line);
            if (isData && line != ".")
            {
                continue;
            }

            var verb = line.Split(' ')[0];
            var answer = Answers.GetValueOrDefault(verb) ?? Answer(verb);
            isData = verb == "DATA" && answer.StartsWith("354", StringComparison.Ordinal);
            if (answer.Length == 0)
            {
                return;
            }

            await SendAsync(stream, answer);
            if (verb == "STARTTLS" && answer.StartsWith("220", StringComparison.Ordinal))
            {
                await SecureAsync(stream);
                return;
            }
        }
    }

    private async Task SecureAsync(Stream stream)
    {
        using var pem = X509Certificate2.CreateFromPem(TestCertificates.ServerPem, TestCertificates.KeyPem);
        await using var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = pem }, Stopping);
        await TalkAsync(secure);
    }

    private string Answer(string verb) => verb switch
    {
        "EHLO" => string.Join("\r\n", Extensions.SkipLast(1).Select(one => "250-" + one).Prepend("250-mail.globenet.org").Append("250 " + Extensions[^1])),
        "STARTTLS" => "220 2.0.0 ready",
        "AUTH" => "235 2.7.0 welcome",
        "DATA" => "354 go on",
        "QUIT" => "221 2.0.0 bye",
        _ => "250 2.0.0 ok",
    };

    private Task SendAsync(Stream stream, string lines) => stream.WriteAsync(Encoding.UTF8.GetBytes(lines + "\r\n"), Stopping).AsTask();
}

using System.Net.Sockets;
using System.Security.Cryptography;
using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Mail;
using ChatBot.Net;
using MailKit;
using MailKit.Security;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace ChatBot.Mail;

/// <summary>A mailbox on a server: how it is reached, and what its failures mean.</summary>
internal abstract class RemoteSource(MailSourceFacts facts, TimeProvider time, Func<double> jitter, ILogger log)
    : MailSource(facts, time, jitter, log)
{
    /// <summary>How long a server may be silent.</summary>
    public static readonly TimeSpan AnswerTime = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Connects and logs in. The certificate's name and dates are always verified; its authority may be one of
    /// <see cref="MailServerSettings.TlsCaFile"/>, which is read again each time.
    /// </summary>
    protected async Task ConnectAsync(MailService client, MailServerSettings settings, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(AnswerTime, Time, cancellationToken);

        // Alerts must not wait for an authority's revocation server, which may be behind the very outage they report.
        client.CheckCertificateRevocation = false;
        client.ServerCertificateValidationCallback = new ServerTrust(null, settings.TlsCaFile).Callback;
        var security = settings.Tls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.None;
        await client.ConnectAsync(settings.Host, settings.Port, security, limit.Token);
        await client.AuthenticateAsync(settings.User, settings.Password.Reveal(), limit.Token);
    }

    protected override bool NeedsOperator(Exception failure) => failure is AuthenticationException;

    protected override string? Explain(Exception failure) => failure switch
    {
        AuthenticationException => "the server refused the user or the password: see user and password_file of this source",
        SslHandshakeException => "the server's certificate cannot be verified: see host of this source, or name its authority in tls_ca_file",
        FolderNotFoundException => "the folder is missing and cannot be made: see folder and processed_folder of this source",
        SocketException unreachable => $"no connection: {unreachable.SocketErrorCode}",
        OperationCanceledException or TimeoutException => "the server was silent for too long",
        InvalidDataException => "a mail is larger than the server said; its header is read next",
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or CryptographicException =>
            "tls_ca_file of this source cannot be read",
        _ when IsOfServer(failure) => failure.GetType().Name,
        _ => null,
    };

    /// <summary>Whether the server or the way to it failed.</summary>
    protected static bool IsOfServer(Exception failure) => failure is CommandException or ProtocolException or AuthenticationException
        or SslHandshakeException or FolderNotFoundException or ServiceNotConnectedException or ServiceNotAuthenticatedException
        or InvalidDataException or IOException or SocketException or TimeoutException or OperationCanceledException
        or NotSupportedException;
}

using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace ChatBot.Mail;

/// <summary>TXT records from the name servers of this machine (<c>/etc/resolv.conf</c>) or of the addresses given.</summary>
internal sealed class DnsTexts(params IReadOnlyList<IPEndPoint> servers) : IDnsTexts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AbsentFor = TimeSpan.FromMinutes(5);

    private readonly Lazy<LookupClient> _client = new(() => new LookupClient(Options(servers)));

    public async Task<(IReadOnlyList<string> Texts, TimeSpan Lives)?> AskAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client.Value.QueryAsync(new DnsQuestion(name, QueryType.TXT), cancellationToken);
            if (answer.Header.ResponseCode == DnsHeaderResponseCode.NotExistentDomain)
            {
                return ([], AbsentFor);
            }

            if (answer.HasError)
            {
                return null;
            }

            var records = answer.Answers.OfType<TxtRecord>().ToList();
            var lives = records.Count == 0 ? AbsentFor : TimeSpan.FromSeconds(records.Min(record => record.InitialTimeToLive));
            return ([.. records.Select(record => string.Concat(record.Text))], lives);
        }
        catch (Exception failure) when (failure is DnsResponseException or InvalidOperationException or ArgumentException
            or OperationCanceledException or IOException or System.Net.Sockets.SocketException)
        {
            return null;
        }
    }

    // The file is read when the DNS is first asked: most groups never do.
    private static LookupClientOptions Options(IReadOnlyList<IPEndPoint> servers)
    {
        NameServer[] own = servers.Count > 0
            ? [.. servers.Select(server => new NameServer(server))]
            : [.. NameServer.ResolveNameServers(skipIPv6SiteLocal: true, fallbackToGooglePublicDns: false)];
        return new LookupClientOptions(own) { Timeout = Patience, Retries = 1, UseCache = false, ContinueOnDnsError = true };
    }
}

/// <summary>Asks the DNS for TXT records.</summary>
internal interface IDnsTexts
{
    /// <summary>
    /// Each record's strings joined (RFC 7208 §3.3), none where the name has no such record, and how long that may be kept; null where
    /// no server answered.
    /// </summary>
    Task<(IReadOnlyList<string> Texts, TimeSpan Lives)?> AskAsync(string name, CancellationToken cancellationToken);
}

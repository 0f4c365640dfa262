using System.Net;

namespace ChatBot.Irc;

/// <summary>What the dispatcher shows of its state to other threads; replaced as a whole.</summary>
internal sealed record IrcView(
    string? Nick, bool IsReady, IReadOnlyList<string> Joined, int BudgetBeforeTarget, bool TellsAccounts, bool TagsAccounts,
    IReadOnlyDictionary<string, string> Troubles);

/// <summary>
/// Who the server says holds a nick: a services account, a certificate fingerprint (lower-case hexadecimal), or nobody.
/// </summary>
public sealed record AccountAnswer(string? Account, string? CertFp);

/// <summary>One way to a server, with TLS or without. The host is a name, or an address without brackets.</summary>
public sealed record IrcRoute(string Host, int Port, bool Tls)
{
    /// <summary>Whether nothing sent there leaves this machine.</summary>
    public bool IsLoopback =>
        Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}

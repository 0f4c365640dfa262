namespace ChatBot.Changelog;

/// <summary>
/// An account that the bot logs into, and all that the configuration wants of it with one key: of several lines with a key sshd takes
/// the first alone (sshd(8), AUTHORIZED_KEYS FILE FORMAT), so that one line has to serve every use.
/// </summary>
/// <param name="Hop">Where it is.</param>
/// <param name="Key">What opens it.</param>
/// <param name="Opens">The addresses that it leads on to, in the order of the inventory.</param>
/// <param name="HasChangelog">Whether entries are appended there.</param>
internal sealed record SshAccount(SshHop Hop, SshKey Key, IReadOnlyList<string> Opens, bool HasChangelog)
{
    /// <summary>Where the program that appends is installed.</summary>
    public const string Program = "/usr/lib/chatbot/changelog-append";

    /// <summary>The file there by which root allows that the changelog is read.</summary>
    public const string TailAllowed = "/etc/chatbot/changelog-tail";

    /// <summary>
    /// The line of authorized_keys, which lets the key lead on and open nothing there: to listen, a port is named that no account but root's gets. The same
    /// whichever machine it is asked for.
    /// </summary>
    public string Line => string.Join(',', [
        "restrict",
        .. Opens.Count > 0 ? ["port-forwarding"] : Array.Empty<string>(),
        .. Opens.Select(address => $"permitopen=\"{address}\""),
        .. Opens.Count > 0 ? ["permitlisten=\"localhost:1\""] : Array.Empty<string>(),
        $"command=\"{(HasChangelog ? Program : "/bin/false")}\"",
    ]) + $" {Key.Line}";

    /// <param name="hop">One of a way.</param>
    /// <param name="routes">The ways to all machines, in the order of the inventory.</param>
    public static SshAccount Of(SshHop hop, IReadOnlyList<IReadOnlyList<SshHop>> routes)
    {
        var key = SshKey.Of(hop);
        return new SshAccount(
            hop, key,
            [.. routes.SelectMany(route => route.Zip(route.Skip(1))).Where(step => IsSame(step.First)).Select(step => step.Second.Address).Distinct(StringComparer.Ordinal)],
            routes.Any(route => IsSame(route[^1])));

        bool IsSame(SshHop other) => other.Address == hop.Address && other.User == hop.User && SshKey.Of(other).Blob == key.Blob;
    }
}

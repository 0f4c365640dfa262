using ChatBot.Configuration;

namespace ChatBot.Changelog;

/// <summary>
/// The configuration that OpenSSH's client gets with <c>-F</c>, which it hands on to the jumps (ssh(1), -J): options on its command line
/// would be those of the last hop alone. Of each option the first value counts (ssh_config(5)), so that no file after
/// ours switches off a check.
/// </summary>
internal static class SshConfig
{
    private const string Name = "ssh_config";

    /// <summary>The seconds for one hop; for all of them together <see cref="SshProgram.Patience"/>.</summary>
    private const int ConnectTimeout = 10;

    public static string Text(ChangelogSettings settings) => $"""
        # Written by chatbot: changes are lost. Yours go into ssh_config of [changelog] or ~/.ssh/config.
        Host *
            BatchMode yes
            StrictHostKeyChecking yes
            UserKnownHostsFile {Quoted(settings.KnownHosts)}
            GlobalKnownHostsFile /etc/ssh/ssh_known_hosts
            KnownHostsCommand none
            UpdateHostKeys no
            VerifyHostKeyDNS no
            NoHostAuthenticationForLocalhost no
            ControlMaster no
            ControlPath none
            ControlPersist no
            ForwardAgent no
            ForwardX11 no
            ClearAllForwardings yes
            Tunnel no
            PermitLocalCommand no
            RemoteCommand none
            SessionType default
            StdinNull no
            ForkAfterAuthentication no
            EscapeChar none
            RequestTTY no
            LogLevel VERBOSE
            ConnectTimeout {ConnectTimeout}
            ConnectionAttempts 1
            ServerAliveInterval 5
            ServerAliveCountMax 3
        {(settings.SshConfig is { } own ? $"Include {Quoted(own)}" : "")}
        Include ~/.ssh/config
        Include /etc/ssh/ssh_config

        """;

    /// <summary>Writes it into a folder, where it says something else by now.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Not by this account.</exception>
    public static string WriteTo(string folder, ChangelogSettings settings)
    {
        var (path, text) = (Path.Combine(folder, Name), Text(settings));
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            File.WriteAllText(path + ".new", text);
            File.Move(path + ".new", path, overwrite: true);
        }

        return path;
    }

    // A percent sign begins a token (ssh_config(5), TOKENS).
    private static string Quoted(string path) => $"\"{path.Replace("%", "%%", StringComparison.Ordinal)}\"";
}

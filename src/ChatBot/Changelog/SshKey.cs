namespace ChatBot.Changelog;

/// <summary>The key that the bot shows a hop.</summary>
/// <param name="Path">Of its private half, which an agent may hold instead.</param>
/// <param name="Line">Its public half, as it stands in authorized_keys (sshd(8)); null where there is none yet.</param>
internal sealed record SshKey(string Path, string? Line)
{
    private const string PublicEnd = ".pub";

    /// <summary>What sshd compares: the key itself, without its type and comment.</summary>
    public string? Blob => Line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);

    /// <summary>The first of a hop's keys that has a public half; ssh offers them in this order.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Not by this account.</exception>
    public static SshKey Of(SshHop hop)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var paths = hop.Keys.Select(key => Expanded(key, hop, home)).ToList();
        foreach (var path in paths)
        {
            // With an agent IdentityFile may name the public half.
            var half = path.EndsWith(PublicEnd, StringComparison.Ordinal) ? path : path + PublicEnd;
            if (File.Exists(half) && File.ReadLines(half).FirstOrDefault()?.Trim() is { Length: > 0 } line)
            {
                return new SshKey(half[..^PublicEnd.Length], line);
            }
        }

        return new SshKey(paths is [var only] ? only : System.IO.Path.Combine(home, ".ssh", "id_ed25519"), null);
    }

    // ssh -G leaves the tokens of IdentityFile as they are (ssh_config(5), TOKENS); these are the ones that tell hosts apart.
    private static string Expanded(string path, SshHop hop, string home)
    {
        var full = path.StartsWith("~/", StringComparison.Ordinal) ? System.IO.Path.Combine(home, path[2..]) : path;
        return full.Replace("%d", home, StringComparison.Ordinal).Replace("%h", hop.Host, StringComparison.Ordinal)
            .Replace("%n", hop.Name, StringComparison.Ordinal).Replace("%r", hop.User, StringComparison.Ordinal).Replace("%%", "%", StringComparison.Ordinal);
    }
}

using ChatBot.Core.Changelog;

namespace ChatBot.Configuration;

/// <summary>How entries reach the changelogs of machines.</summary>
/// <param name="KnownHosts">Full path of the host keys that are believed (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT); nothing else of users is.</param>
/// <param name="SshConfig">Full path of the group's own ssh_config(5), read before that of the bot's account and the system's; null for none.</param>
/// <param name="Style">How they stand in the file.</param>
public sealed record ChangelogSettings(string KnownHosts, string? SshConfig = null, ChangelogStyle Style = ChangelogStyle.Entry);

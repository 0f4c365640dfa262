using System.Text.RegularExpressions;
using ChatBot.Configuration;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;

namespace ChatBot.Changelog;

/// <summary>
/// Writes every line that is to be pasted somewhere before entries reach a machine by ssh. It connects nowhere: ssh -G says the way,
/// for which it runs what the group's files want (<c>Match exec</c>).
/// </summary>
internal sealed partial class ChangelogSetup(BotSettings settings, MessageLanguage language, TimeProvider time)
{
    private const string SshScheme = "ssh:";
    private const string Script = "changelog-append";

    /// <summary>The lines, with comments of the shell between them.</summary>
    /// <param name="machine">Reached by ssh.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SshException">ssh does not start, or does not understand its configuration.</exception>
    /// <exception cref="IOException">A key cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Not by this account.</exception>
    public async Task<string> TextAsync(Machine machine, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("chatbot-");
        try
        {
            var ssh = new SshProgram(SshConfig.WriteTo(folder.FullName, settings.Changelog), time);
            var routes = new Dictionary<string, IReadOnlyList<SshHop>>(StringComparer.Ordinal);
            foreach (var host in settings.Inventory.Machines.Select(HostOf).OfType<string>().Distinct(StringComparer.Ordinal))
            {
                routes[host] = await ssh.RouteAsync(host, cancellationToken);
            }

            var way = routes[HostOf(machine)!].Select(hop => SshAccount.Of(hop, [.. routes.Values])).ToList();
            return way.Select(account => account.Hop).FirstOrDefault(hop => !AccountName().IsMatch(hop.User)) is { } odd
                ? throw new SshException($"{odd.Name}: no line can be written for the account {odd.User}", $"{odd.Name} : aucune ligne ne peut être écrite pour le compte {odd.User}")
                : Text(machine, way);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The name by which ssh knows a machine; null where its changelog is not reached by ssh.</summary>
    public static string? HostOf(Machine machine) =>
        machine.Changelog?.StartsWith(SshScheme, StringComparison.Ordinal) == true ? machine.Changelog[SshScheme.Length..] : null;

    private string Text(Machine machine, IReadOnlyList<SshAccount> way)
    {
        var text = new SetupText(language);
        var by = string.Join(" → ", way.Select(account => $"{account.Hop.User}@{account.Hop.Address}"));
        text.Say(
            $"The way to {machine.Name}: {by}. Nothing is connected to or changed: paste each part into a shell where it says.",
            $"Le chemin vers {machine.Name} : {by}. Rien n'est contacté ni modifié : collez chaque partie dans un shell là où elle le dit.");
        foreach (var hop in way.Select(account => account.Hop).Where(hop => hop.IsByCommand))
        {
            text.Say(
                $"CAUTION: a ProxyCommand leads to {hop.Name}, and the bot's checks of host keys do not reach into it: write ProxyJump instead.",
                $"ATTENTION : un ProxyCommand mène à {hop.Name}, et les vérifications de clés d'hôte du robot n'y entrent pas : écrivez plutôt ProxyJump.");
        }

        var missing = way.Where(account => account.Key.Line is null).Select(account => account.Key.Path).Distinct(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            text.Part("Here, as the bot's account: a key. Then call this again.", "Ici, sous le compte du robot : une clé. Puis relancez cette commande.");
            missing.ForEach(path => text.Line($"ssh-keygen -t ed25519 -N '' -C chatbot -f {SetupText.Quoted(path)}"));
            return text.ToString();
        }

        foreach (var account in way)
        {
            OnMachine(text, account, account == way[^1] && machine.IsChangelogRead);
        }

        Here(text, way);
        text.Part("Then, in the channel:", "Ensuite, sur le canal :");
        text.Say($"{settings.Irc.CommandPrefix}log {machine.Name} …", $"{settings.Irc.CommandPrefix}journal {machine.Name} …");
        return text.ToString();
    }

    private static void OnMachine(SetupText text, SshAccount account, bool isRead)
    {
        var (hop, user) = (account.Hop, account.Hop.User);
        text.Part($"On {hop.Name}, as root, over a connection that you trust:", $"Sur {hop.Name}, en root, par une connexion sûre :");
        if (user != "root")
        {
            Account(text, user);
        }

        if (account.HasChangelog)
        {
            Program(text, user);
        }

        if (isRead)
        {
            text.Say(
                "The bot reads the end of the changelog there; without this file it only writes:",
                "Le robot y lit la fin du changelog ; sans ce fichier, il ne fait qu'écrire :");
            text.Line($"install -d -m 755 {Path.GetDirectoryName(SshAccount.TailAllowed)} && touch {SshAccount.TailAllowed}");
        }

        text.Say(
            "Of two lines with one key sshd takes the first: this one replaces any earlier one, and holds all that the bot needs of this account.",
            "De deux lignes avec une même clé, sshd prend la première : celle-ci remplace toute ligne précédente et contient tout ce que le robot attend de ce compte.");
        // Root's, where somebody pasted as root before; the account writes itself, so that root follows no link of it.
        text.Line($"chown -h {user}: ~{user}/.ssh ~{user}/.ssh/authorized_keys 2> /dev/null");
        text.Line($"su -s /bin/sh {user} << 'END-OF-KEY'");
        text.Line("umask 077");
        text.Line("mkdir -p ~/.ssh && chmod 700 ~/.ssh && cd ~/.ssh && touch authorized_keys || exit 1");
        text.Line($"{{ grep -v -F {SetupText.Quoted(account.Key.Blob!)} authorized_keys; printf '%s\\n' {SetupText.Quoted(account.Line)}; }} > authorized_keys.new");
        text.Line("chmod 600 authorized_keys.new && mv authorized_keys.new authorized_keys");
        text.Line("END-OF-KEY");
        text.Say("Its host key, for known_hosts, and the fingerprint:", "Sa clé d'hôte, pour known_hosts, et l'empreinte :");
        text.Line($"printf '%s %s\\n' {SetupText.Quoted(hop.KnownAs)} \"$(cut -d ' ' -f 1,2 /etc/ssh/ssh_host_ed25519_key.pub)\"");
        text.Line("ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub");
    }

    // Without PAM sshd refuses an account whose password begins with "!" (sshd(8)); "*" is none either.
    private static void Account(SetupText text, string user)
    {
        text.Line($"id -u {user} > /dev/null 2>&1 || useradd --system --user-group --create-home --home-dir /var/lib/{user} --shell /bin/sh --password '*' {user}");
        text.Line($"getent shadow {user} | grep -q '^[^:]*:!!*:' && usermod --password '*' {user}");
    }

    private static void Program(SetupText text, string user)
    {
        text.Line("install -d -m 755 /usr/lib/chatbot");
        text.Line($"cat > {SshAccount.Program}.new << 'END-OF-{Script}'");
        text.Lines(Embedded());
        text.Line($"END-OF-{Script}");
        text.Line($"chmod 755 {SshAccount.Program}.new && mv {SshAccount.Program}.new {SshAccount.Program}");
        if (user != "root")
        {
            text.Line($"echo '{user} ALL = (root) NOPASSWD: {SshAccount.Program} \"\"' > /etc/sudoers.d/chatbot-changelog");
            text.Line("chmod 440 /etc/sudoers.d/chatbot-changelog && visudo -c -f /etc/sudoers.d/chatbot-changelog");
        }
    }

    private void Here(SetupText text, IReadOnlyList<SshAccount> way)
    {
        var known = SetupText.Quoted(settings.Changelog.KnownHosts);
        text.Part(
            "Here, as root: the host keys that were printed there, then Ctrl-D",
            "Ici, en root : les clés d'hôte affichées là-bas, puis Ctrl-D");
        text.Line($"cat >> {known}");
        text.Say("The bot has to read them; the same fingerprints here as there:", "Le robot doit les lire ; les mêmes empreintes ici que là-bas :");
        text.Line($"chmod 644 {known}");
        foreach (var name in way.Select(account => account.Hop.KnownAs).Distinct(StringComparer.Ordinal))
        {
            text.Line($"ssh-keygen -l -f {known} -F {SetupText.Quoted(name)}");
        }
    }

    // As useradd(8) takes it, so that it is one word of a shell and of sudoers.
    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]*\z", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex AccountName();

    private static string Embedded()
    {
        using var stream = typeof(ChangelogSetup).Assembly.GetManifestResourceStream(Script)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

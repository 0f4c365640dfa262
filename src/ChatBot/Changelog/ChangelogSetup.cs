using System.Text;
using ChatBot.Configuration;
using ChatBot.Core.Machines;

namespace ChatBot.Changelog;

/// <summary>Writes every line that is to be pasted somewhere before entries reach a machine by ssh. It runs ssh -G, which connects nowhere.</summary>
internal sealed class ChangelogSetup(BotSettings settings, MessageLanguage language, TimeProvider time)
{
    private const string SshScheme = "ssh:";
    private const string Script = "changelog-append";
    private const string Installed = "/usr/lib/chatbot/changelog-append";

    /// <summary>The lines, with comments of the shell between them.</summary>
    /// <param name="machine">Reached by ssh.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SshException">ssh does not start, or does not understand its configuration.</exception>
    public async Task<string> TextAsync(Machine machine, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("chatbot-");
        try
        {
            var ssh = new SshProgram(SshConfig.WriteTo(folder.FullName, settings.Changelog), time);
            var route = await ssh.RouteAsync(HostOf(machine)!, cancellationToken);
            var all = new List<IReadOnlyList<SshHop>>();
            foreach (var host in settings.Inventory.Machines.Select(HostOf).OfType<string>())
            {
                all.Add(await ssh.RouteAsync(host, cancellationToken));
            }

            return Text(machine, route, all);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The name by which ssh knows a machine; null where its changelog is not reached by ssh.</summary>
    public static string? HostOf(Machine machine) =>
        machine.Changelog?.StartsWith(SshScheme, StringComparison.Ordinal) == true ? machine.Changelog[SshScheme.Length..] : null;

    private string Text(Machine machine, IReadOnlyList<SshHop> route, List<IReadOnlyList<SshHop>> all)
    {
        var (target, text) = (route[^1], new StringBuilder());
        var by = string.Join(" → ", route.Select(hop => $"{hop.User}@{hop.Host}:{hop.Port}"));
        Say($"The way to {machine.Name}: {by}. Nothing is run: paste each part where it says.", $"Le chemin vers {machine.Name} : {by}. Rien n'est exécuté : collez chaque partie où elle le dit.");
        foreach (var hop in route.Where(hop => hop.IsByCommand))
        {
            Say(
                $"CAUTION: a ProxyCommand leads to {hop.Name}, and the bot's checks of host keys do not reach into it: write ProxyJump instead.",
                $"ATTENTION : un ProxyCommand mène à {hop.Name}, et les vérifications de clés d'hôte du robot n'y entrent pas : écrivez plutôt ProxyJump.");
        }

        var key = PublicKey(target, out var path);
        if (key is null)
        {
            Part("On this machine, as the bot's account: a key. Then call this again.", "Sur cette machine, sous le compte du robot : une clé. Puis relancez cette commande.");
            Line($"ssh-keygen -t ed25519 -N '' -C chatbot -f {path}");
            return text.ToString();
        }

        Part($"On {target.Name}, as root: the account, what it may run, and the key", $"Sur {target.Name}, en root : le compte, ce qu'il peut lancer, et la clé");
        Account(target.User, key);
        for (var i = 0; i < route.Count - 1; i++)
        {
            var (bastion, opens) = (route[i], Opens(route[i], all));
            Part(
                $"On {bastion.Name}, in ~{bastion.User}/.ssh/authorized_keys, instead of an earlier line with this key (of two, the first counts): the way through and nothing else",
                $"Sur {bastion.Name}, dans ~{bastion.User}/.ssh/authorized_keys, à la place d'une ligne précédente avec cette clé (de deux, c'est la première qui compte) : le passage et rien d'autre");
            Line($"restrict,port-forwarding,{opens},command=\"/bin/false\" {key}");
        }

        foreach (var hop in route)
        {
            Part(
                $"On {hop.Name}, where you are logged in by a connection that you trust; its output goes into {settings.Changelog.KnownHosts} here",
                $"Sur {hop.Name}, où vous êtes par une connexion sûre ; ce que cela affiche va dans {settings.Changelog.KnownHosts} ici");
            Line($"awk '{{ print \"{hop.KnownAs}\", $1, $2 }}' /etc/ssh/ssh_host_ed25519_key.pub");
            Say("The same fingerprint there and here:", "La même empreinte là-bas et ici :");
            Line("ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub");
            Line($"ssh-keygen -l -f {settings.Changelog.KnownHosts} -F '{hop.KnownAs}'");
        }

        Part("Then, in the channel:", "Ensuite, sur le canal :");
        Say($"{settings.Irc.CommandPrefix}log {machine.Name} …", $"{settings.Irc.CommandPrefix}journal {machine.Name} …");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');

        void Say(string english, string french) => Line("# " + language.Words(english, french));

        void Part(string english, string french)
        {
            Line("");
            Say(english, french);
        }

        void Account(string user, string publicKey)
        {
            if (user != "root")
            {
                Line($"adduser --system --group --shell /bin/sh --home /var/lib/{user} {user}");
            }

            Line("install -d -m 755 /usr/lib/chatbot");
            Line($"cat > {Installed} << 'END-OF-{Script}'");
            text.Append(Embedded());
            Line($"END-OF-{Script}");
            Line($"chmod 755 {Installed}");
            if (user != "root")
            {
                Line($"echo '{user} ALL = (root) NOPASSWD: {Installed} \"\"' > /etc/sudoers.d/chatbot-changelog");
                Line("chmod 440 /etc/sudoers.d/chatbot-changelog && visudo -c -f /etc/sudoers.d/chatbot-changelog");
            }

            Line($"install -d -m 700 -o {user} -g {user} ~{user}/.ssh");
            Line($"cat >> ~{user}/.ssh/authorized_keys << 'END-OF-KEY'");
            Line($"restrict,command=\"{Installed}\" {publicKey}");
            Line("END-OF-KEY");
        }
    }

    // Of one key sshd takes the first line alone, so that it has to name all that is behind it.
    private static string Opens(SshHop bastion, List<IReadOnlyList<SshHop>> routes) => string.Join(',', routes
        .SelectMany(route => route.Zip(route.Skip(1)))
        .Where(step => step.First.Address == bastion.Address)
        .Select(step => $"permitopen=\"{step.Second.Address}\"")
        .Distinct(StringComparer.Ordinal));

    // The first of those that ssh would offer.
    private static string? PublicKey(SshHop hop, out string path)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var paths = hop.Keys.Select(key => key.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, key[2..]) : key).ToList();
        foreach (var one in paths.Where(one => File.Exists(one + ".pub")))
        {
            path = one;
            return File.ReadLines(one + ".pub").FirstOrDefault();
        }

        path = paths is [var only] ? only : Path.Combine(home, ".ssh", "id_ed25519");
        return null;
    }

    private static string Embedded()
    {
        using var stream = typeof(ChangelogSetup).Assembly.GetManifestResourceStream(Script)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

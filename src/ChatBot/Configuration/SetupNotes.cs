using ChatBot.Configuration.Reading;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;

namespace ChatBot.Configuration;

/// <summary>
/// What <c>chatbot check</c> says of a configuration that is right but may not do what was meant: what is not there yet, what the
/// service cannot reach, whom nobody can recognise.
/// </summary>
internal static class SetupNotes
{
    private const string FileScheme = "file:";
    private const string InstalledFolder = "/etc/chatbot";

    // ProtectHome=yes of the unit in packaging/systemd hides them.
    private static readonly string[] HiddenFromService = ["/root/", "/home/", "/run/user/"];

    /// <summary>One text each, with what to do.</summary>
    public static IEnumerable<string> Of(BotSettings settings, MessageLanguage language) =>
        [.. Machines(settings, language), .. Maildirs(settings, language), .. Nagios(settings, language), .. Changelogs(settings, language), .. Ssh(settings, language), .. Channels(settings, language), .. Admins(settings, language), .. Door(settings, language)];

    private static IEnumerable<string> Machines(BotSettings settings, MessageLanguage language)
    {
        if (settings.Inventory.Machines.Count == 0)
        {
            yield return language.Words(
                "the inventory has no [[machine]]: nobody can ask for one by its short name, and no machine may raise an alert about itself",
                "l'inventaire n'a aucune [[machine]] : personne ne peut en demander une par son nom court, et aucune ne peut lever d'alerte sur elle-même");
        }
    }

    private static IEnumerable<string> Maildirs(BotSettings settings, MessageLanguage language)
    {
        foreach (var path in settings.Mail.Sources.OfType<MaildirSettings>().Select(source => source.Path))
        {
            if (!CanSeeInto(Path.GetDirectoryName(path)))
            {
                continue;
            }

            if (!Directory.Exists(path))
            {
                yield return language.Words(
                    $"the Maildir {path} does not exist yet; the bot makes it when it starts, or the mail server with the first mail: "
                        + "both must mean this folder",
                    $"le Maildir {path} n'existe pas encore ; le robot le crée au démarrage, ou le serveur de courrier avec le premier mail : "
                        + "les deux doivent désigner ce dossier");
            }
            else if (!Directory.Exists(Path.Combine(path, "new")) && Directory.EnumerateFileSystemEntries(path).Any())
            {
                yield return language.Words(
                    $"{path} has no folder new, and other things in it; write the folder of the Maildir itself",
                    $"{path} n'a pas de dossier new, mais autre chose dedans ; écrivez le dossier du Maildir lui-même");
            }
        }
    }

    private static IEnumerable<string> Nagios(BotSettings settings, MessageLanguage language)
    {
        (string Key, string? Path)[] files = [("command_file", settings.Nagios.CommandFile), ("status_file", settings.Nagios.StatusFile)];
        foreach (var (key, path) in files.Where(file => file.Path is { } path && CanSeeInto(Path.GetDirectoryName(path)) && !File.Exists(path)))
        {
            yield return language.Words(
                $"`{key}`, {path}, does not exist now: start Nagios, correct the path, or leave [nagios] out where there is none on this machine",
                $"`{key}`, {path}, n'existe pas en ce moment : démarrez Nagios, corrigez le chemin, ou retirez [nagios] s'il n'y en a pas sur cette machine");
        }
    }

    private static IEnumerable<string> Changelogs(BotSettings settings, MessageLanguage language)
    {
        foreach (var machine in settings.Inventory.Machines.Where(machine => PathOf(machine) is not null))
        {
            var path = PathOf(machine)!;
            if (HiddenFromService.FirstOrDefault(home => path.StartsWith(home, StringComparison.Ordinal)) is { } home)
            {
                yield return language.Words(
                    $"the changelog of {machine.Name}, {path}, is out of reach for the service, which sees nothing in {home}; choose a file in {settings.Data} "
                        + $"and link to it: ln -s {settings.Data}/{machine.Name}.changelog {path}",
                    $"le changelog de {machine.Name}, {path}, est hors de portée du service, qui ne voit rien dans {home} ; choisissez un fichier de {settings.Data} "
                        + $"et faites un lien vers lui : ln -s {settings.Data}/{machine.Name}.changelog {path}");
            }
            else if (Path.GetDirectoryName(path) is { } folder && folder != settings.Data && CanSeeInto(Path.GetDirectoryName(folder)) && !Directory.Exists(folder))
            {
                yield return language.Words(
                    $"the changelog of {machine.Name} is in {folder}, which does not exist; make it, writable by the bot",
                    $"le changelog de {machine.Name} est dans {folder}, qui n'existe pas ; créez-le, accessible en écriture au robot");
            }
            else if (Path.GetDirectoryName(path) is { } place && !IsIn(place, settings.Data))
            {
                yield return language.Words(
                    $"the changelog of {machine.Name} is in {place}: the unit of the service needs ReadWritePaths={place}, and the bot the right to write there",
                    $"le changelog de {machine.Name} est dans {place} : l'unité du service a besoin de ReadWritePaths={place}, et le robot du droit d'y écrire");
            }
        }
    }

    private static IEnumerable<string> Ssh(BotSettings settings, MessageLanguage language)
    {
        var known = settings.Changelog.KnownHosts;
        if (settings.Inventory.Machines.FirstOrDefault(machine => machine.Changelog?.StartsWith("ssh:", StringComparison.Ordinal) == true) is { } first
            && CanSeeInto(Path.GetDirectoryName(known)) && !File.Exists(known))
        {
            yield return language.Words(
                $"{known} does not exist, so that no machine is believed to be the one it says: `chatbot changelog setup {first.Name}` prints what to paste "
                    + $"before !log {first.Name} reaches it by ssh",
                $"{known} n'existe pas, donc aucune machine n'est crue être celle qu'elle dit : `chatbot changelog setup {first.Name}` affiche ce qu'il faut coller "
                    + $"pour que !journal {first.Name} l'atteigne par ssh");
        }
    }

    /// <summary>What the unit in packaging/systemd needs beside a configuration in its place.</summary>
    /// <param name="path">The file that was read.</param>
    /// <param name="language">The language of the note.</param>
    public static IEnumerable<string> OfUnit(string path, MessageLanguage language)
    {
        if (Path.GetDirectoryName(path) == InstalledFolder && !Directory.Exists(Path.Combine(InstalledFolder, SecretFiles.FolderName)))
        {
            yield return language.Words(
                $"the service starts only if {InstalledFolder}/{SecretFiles.FolderName} exists, even if empty: install -d -m 700 {InstalledFolder}/{SecretFiles.FolderName}",
                $"le service ne démarre que si {InstalledFolder}/{SecretFiles.FolderName} existe, même vide : install -d -m 700 {InstalledFolder}/{SecretFiles.FolderName}");
        }
    }

    private static IEnumerable<string> Channels(BotSettings settings, MessageLanguage language)
    {
        foreach (var channel in settings.Irc.Channels.Where(channel => channel is { Audience: Audience.Root, Key: null }))
        {
            yield return language.Words(
                $"{channel.Name} has no `key_file`: the bot speaks there only while the channel has +i, into which ChanServ lets it ([irc.services]); "
                    + "until then it is not ready, and what is for the root group waits",
                $"{channel.Name} n'a pas de `key_file` : le robot n'y parle que si le canal a +i, où ChanServ le fait entrer ([irc.services]) ; "
                    + "jusque-là il n'est pas prêt, et ce qui est pour le groupe root attend");
        }

        if (settings.Irc.Channels.All(channel => channel.Audience != Audience.Root))
        {
            yield return language.Words(
                "no channel has audience = \"root\": what only the root group may read is announced nowhere",
                "aucun canal n'a audience = \"root\" : ce que seul le groupe root peut lire n'est annoncé nulle part");
        }
    }

    private static IEnumerable<string> Door(BotSettings settings, MessageLanguage language)
    {
        if (settings.OpenPgp is null && (settings.Mail.Door.Ack == MailProof.OpenPgp || settings.Mail.Door.Write == MailProof.OpenPgp))
        {
            yield return language.Words(
                "[mail.door] takes signed mails, but without [openpgp] there is no key to verify with: nothing is done by a signed mail; write [openpgp] with `keys`",
                "[mail.door] attend des mails signés, mais sans [openpgp] il n'y a pas de clé pour vérifier : rien ne se fait par mail signé ; écrivez [openpgp] avec `keys`");
        }
    }

    private static IEnumerable<string> Admins(BotSettings settings, MessageLanguage language)
    {
        var admins = settings.People.Persons.Where(person => person.IsAdmin).ToList();
        if (admins.Count == 0)
        {
            yield return language.Words(
                "nobody has roles = [\"admin\"]: !ack, !mute and !log are refused to everybody",
                "personne n'a roles = [\"admin\"] : !prends, !muet et !journal sont refusés à tout le monde");
        }

        foreach (var admin in admins.Where(admin => admin is { Accounts.Count: 0, CertFps.Count: 0 } && (settings.OpenPgp is null || admin.Pgp.Count == 0)))
        {
            yield return language.Words(
                $"{admin.Name} is admin, but nothing shows who that is: write `accounts`, `certfps`, or `pgp` with [openpgp]",
                $"{admin.Name} est admin, mais rien ne montre qui c'est : écrivez `accounts`, `certfps`, ou `pgp` avec [openpgp]");
        }

        foreach (var admin in admins.Where(admin => settings.Mail.Door.IsOpen && admin.Mail.Count == 0))
        {
            yield return language.Words(
                $"{admin.Name} is admin, but has no address in `mail`: they cannot give commands by mail ([mail.door])",
                $"{admin.Name} est admin, mais n'a pas d'adresse dans `mail` : pas d'ordres par mail ([mail.door])");
        }
    }

    private static string? PathOf(Machine machine) =>
        machine.Changelog?.StartsWith(FileScheme, StringComparison.Ordinal) == true ? machine.Changelog[FileScheme.Length..] : null;

    private static bool IsIn(string place, string folder) => place == folder || place.StartsWith(folder + "/", StringComparison.Ordinal);

    // What this user may not look into is not said to be missing.
    private static bool CanSeeInto(string? folder)
    {
        try
        {
            while (folder is not null && !Directory.Exists(folder))
            {
                folder = Path.GetDirectoryName(folder);
            }

            _ = folder is not null && Directory.EnumerateFileSystemEntries(folder).Any();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}

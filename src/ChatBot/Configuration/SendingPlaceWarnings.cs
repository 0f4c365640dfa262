using System.Net;
using ChatBot.Core.Machines;

namespace ChatBot.Configuration;

/// <summary>
/// What <c>chatbot check</c> and the log say where a place is taken for an identity: who has no place of their own is believed from
/// everywhere in <c>networks</c> and from every account of the mail server.
/// </summary>
internal static class SendingPlaceWarnings
{
    /// <summary>One text each, with what to write; none where all is listed, or where only closed mailboxes are read.</summary>
    public static IEnumerable<string> Of(BotSettings settings, MessageLanguage language = default)
    {
        var trust = settings.Mail.Trust;
        if (trust.Mx is null)
        {
            yield break;
        }

        foreach (var monitor in trust.Monitors.Where(monitor => trust.PlacesOf(monitor, settings.Inventory).Count == 0))
        {
            yield return language.Words(
                $"nothing says from where {monitor} writes, so that everything in `networks` and every account of the mail server may "
                    + $"write in its name, about all machines; in [mail] write it as {{ address = \"{monitor}\", from = [\"192.0.2.7\"] }} "
                    + "with the address of its host, or \"local:nagios\" for its account where it runs on the mail server itself",
                $"rien ne dit d'où écrit {monitor} : tout ce qui est dans `networks` et tout compte du serveur de courrier peut écrire en son nom, "
                    + $"au sujet de toutes les machines ; dans [mail], écrivez {{ address = \"{monitor}\", from = [\"192.0.2.7\"] }} "
                    + "avec l'adresse de sa machine, ou \"local:nagios\" pour son compte s'il tourne sur le serveur de courrier lui-même");
        }

        var machines = settings.Inventory.Machines.Where(machine => machine.Places.Count == 0).Select(machine => machine.Name).ToList();
        if (machines.Count > 0 && trust.TrustedSenders.Count > 0)
        {
            yield return language.Words(
                $"nothing says from where {string.Join(", ", machines)} write{(machines.Count == 1 ? "s" : "")}, so that everything in `networks` "
                    + "and every account of the mail server may write in the name of each; in machines.toml add to each [[machine]] "
                    + "addresses = [\"192.0.2.7\"], its address as the mail server sees it",
                $"rien ne dit d'où {(machines.Count == 1 ? "écrit" : "écrivent")} {string.Join(", ", machines)} : tout ce qui est dans `networks` et tout compte "
                    + "du serveur de courrier peut écrire en leur nom ; dans machines.toml, ajoutez à chaque [[machine]] "
                    + "addresses = [\"192.0.2.7\"], son adresse telle que le serveur de courrier la voit");
        }

        var places = trust.Monitors.SelectMany(monitor => trust.PlacesOf(monitor, settings.Inventory)).ToList();
        foreach (var network in trust.Networks.Where(network => !places.Exists(place => place.Network is { } own && Contains(own, network))))
        {
            yield return IPAddress.IsLoopback(network.BaseAddress)
                ? language.Words(
                    $"`networks` has {network}: every program on the mail server may hand over mail there and write anything below; leave it out unless "
                        + "a content filter hands all mail back to the mail server",
                    $"`networks` contient {network} : tout programme du serveur de courrier peut y remettre du courrier et écrire n'importe quoi au-dessous ; "
                        + "retirez-le, sauf si un filtre de contenu y rend tout le courrier au serveur")
                : language.Words(
                    $"`networks` has {network}, which is wider than the hosts of your monitors: every host there may write in the name of whatever has no "
                        + "place of its own; give each machine `addresses`, then leave it out",
                    $"`networks` contient {network}, plus large que les machines de vos superviseurs : toute machine de là peut écrire au nom de ce qui n'a pas "
                        + "de place déclarée ; donnez des `addresses` à chaque machine, puis retirez-le");
        }

        var owners = trust.Monitors.Select(monitor => trust.PlacesOf(monitor, settings.Inventory))
            .Concat(settings.Inventory.Machines.Select(machine => machine.Places));
        foreach (var user in owners.SelectMany(NamesAlone).Distinct())
        {
            yield return user == "*"
                ? language.Words(
                    "\"local:*\" believes every account of the mail server; it is needed only where that names none, as OpenSMTPD",
                    "\"local:*\" croit tous les comptes du serveur de courrier ; il ne sert que si celui-ci n'en nomme aucun, comme OpenSMTPD")
                : language.Words(
                    $"\"local:{user}\" is what Exim and sendmail write; Postfix writes a number: for it list that of `id -u {user}` too, \"local:111\"",
                    $"\"local:{user}\" est ce qu'écrivent Exim et sendmail ; Postfix écrit un numéro : ajoutez pour lui celui de `id -u {user}`, \"local:111\"");
        }
    }

    // Who lists a number too has a mail server that writes numbers in mind.
    private static IEnumerable<string> NamesAlone(IReadOnlyList<SendingPlace> places)
    {
        var users = places.Select(place => place.User).OfType<string>().ToList();
        var hasNumber = users.Exists(user => user.All(char.IsAsciiDigit));
        return users.Where(user => user == "*" || (!hasNumber && !user.All(char.IsAsciiDigit)));
    }

    private static bool Contains(IPNetwork wide, IPNetwork narrow) => wide.PrefixLength <= narrow.PrefixLength && wide.Contains(narrow.BaseAddress);
}

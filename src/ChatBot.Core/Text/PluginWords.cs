using System.Collections.Frozen;

namespace ChatBot.Core.Text;

/// <summary>
/// What monitoring plugins say in their own words, without names or values: the texts of monitoring-plugins 2.3 (check_ping, check_tcp
/// and its kin, check_http, check_disk, check_load, check_procs, check_users, check_swap, check_mailq, check_ntp, check_dns, check_ssh,
/// check_ldap, check_mysql, check_nrpe, check_apt, check_file_age, check_log, check_snmp, check_ups), of Nagios itself, and their
/// French equivalents as people write them into checks of their own. No word that may be a person, a place or a password belongs here.
/// </summary>
internal static class PluginWords
{
    public static readonly string[] All =
    [
        // States, and names of protocols and checks.
        .. """
           OK WARNING CRITICAL UNKNOWN UP DOWN UNREACHABLE PENDING WARN CRIT ERROR FAILED FAILURE SOFT HARD
           PING POP POP3 POP3S IMAP IMAPS SMTP SMTPS SSMTP ESMTP HTTP HTTPS FTP FTPS SSH TCP UDP DNS NTP LDAP LDAPS NNTP JABBER SPOP SIMAP
           ICMP RTA TTL TLS SSL STARTTLS SNMP NRPE NSCA NFS RPC SQL MySQL MariaDB PostgreSQL PGSQL Redis memcached Apache nginx Postfix
           Dovecot Exim Sendmail Nagios Icinga Munin Cyrus ProFTPD OpenSSH BIND Unbound DISK LOAD PROCS PROC USERS SWAP RAM MEM CPU RAID
           SMART UPS APT MAILQ LOG INODE INODES DHCP HTTP/1.0 HTTP/1.1 HTTP/2 HTTP/3 IPv4 IPv6 IDE SCSI md
           """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),

        // English.
        .. """
           a about above absent access active address after age all already an and any anymore are as at available average
           avail bad bandwidth banner be became because been before below between broken but by bytes cached can cannot can't certificate
           change changed check checked checks client close closed code command complete completed connect connected connecting connection
           connections could couldn't count crash crashed cron current currently daemon data database day days dead defunct
           delay delayed delta denied device did didn't disk disks does doesn't done down due during each elapsed empty end ended errors
           established exceeded exceeds exit exited expire expired expires expiring fail fails file filesystem files filling
           finished for forbidden found free freshness from full gateway good got greater had handshake hard has have header headers high
           higher host hosts hour hours idle in inaccessible inactive inode inodes input internal invalid is it its jitter kernel
           last later latency least length less limit line lines listen listening load local lock locked log logged long lookup
           loss lost low lower mail mails maximum maxi memory message messages minimum minute minutes missing mode more most mount mounted
           moved network new next no none normal not nothing now of offline offset old older on online only open or other out output over
           overload packet packets page pages partition path pending percent permanently permission plugin port ports present problem
           process processes protocol queue queued queues quota read ready reached reading reboot rebooted received recovering recovery redirect refused
           remaining remote reply request requests reset resolve resolved respond responded responding response restart restarted
           result results returned returns root route run running sec second seconds self-signed sending sent server servers service services
           severe short since size slave slow socket space speed started starting state status still stopped stratum string succeeded success
           successful swap sync synchronised synchronized system table temperature temporarily than that the threads threshold thresholds
           time timed timeout time-out times to too total traffic trusted trying unable unavailable unexpected unit unknown unreachable
           unsynchronized up update updates upgrade upgrades uptime usage use used user users using valid value values verify version very via
           volume wait waiting warnings was were will with within without write written wrong yes zombie zombies
           exists doesn exhausted full-duplex half-duplex hops interface interfaces link duplex battery charge charging
           discharging replace runtime utility health healthy clean array rebuild rebuilding spare failed-over failover cluster node nodes
           """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),

        // French.
        .. """
           absent absente accès active adresse après arrêté arrêtée arrêtés attend attendu attendue attente au aucun aucune aux avant avec base
           bases certificat ces cet cette charge chargée connecté connexion connexions contrôle contrôles d'attente dattente d'espace dans de
           délai demi dépassé dépassée dépassement depuis des disponible disponibles disque disques du échec échecs échoué échouée en encore
           entre entrée erreur erreurs espace est et état etat expire expiré expirée expirent fichier fichiers file files fin haut haute hors
           impossible indisponible inférieur inférieure injoignable instable inattendu inattendue jour jours jusqu'à la le les libre libres
           ligne lignes limite machine manquant manquante max maximum mémoire message messages min minimum moins moyenne ne non
           nouveau nouvelle octets ou ouvert ouverte page paquet paquets par pas perdu perdus perte plein pleine plus port ports pour
           prêt processus qui quota redémarré redémarrée refus refusé refusée répond réponse réponses réseau restant restants route
           sans saturé saturée seconde secondes sans-réponse serveur serveurs service services seuil seuils socket sont sous supérieur supérieure
           sur surcharge surchargé surchargée système table tâche température temps test timeout total très trop trouvé trouvée un une
           utilisation utilisé utilisée utilisés valeur valide version vide heure heures mails
           """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),

        // Signs that stand alone.
        "=", "<", ">", "<=", ">=", "/", "|", "%", "&", "+", ":", "->", "=>",
    ];

    public static readonly FrozenSet<string> Units = new[]
    {
        "%", "s", "ms", "us", "µs", "ns", "B", "KB", "kB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB", "K", "M", "G", "T", "o", "Ko", "ko", "Mo",
        "Go", "To", "h", "m", "mn", "min", "d", "j", "C", "°C", "V", "W", "A", "Hz", "MHz", "GHz", "rpm", "dBm", "b/s", "B/s", "MB/s", "Mb/s",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a number is of, where a word stands between it and the next.</summary>
    public static readonly FrozenSet<string> Counted =
    [
        .. Units,
        .. """
           second seconds sec minute minutes hour hours day days bytes packets pages process processes proc zombies threads users files
           inodes lines mails messages connections requests errors updates seconde secondes heure heures jour jours octets paquets processus
           fichiers lignes connexions erreurs utilisés utilisées libres
           """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];
}

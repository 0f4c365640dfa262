using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>
/// A real Postfix with its own configuration and queue, which delivers to Maildirs: one for each address of <c>globenet.org</c>, and an alias
/// <c>root</c> that reaches the bot and lunar. Its master must be root.
/// </summary>
internal sealed class PostfixServer : LoopbackServer
{
    public const string Bot = "globot@globenet.org";
    public const string Lunar = "lunar@globenet.org";
    public const string Alias = "root@globenet.org";

    private const string Nobody = "65534";

    public static bool IsInstalled() => IsInstalled("postfix");

    /// <summary>All that it has logged.</summary>
    public string Log => Said;

    /// <summary>Where the mails of an address arrive.</summary>
    public string MaildirOf(string address) => Path.Combine(Folder.FullName, "mail", address[..address.IndexOf('@', StringComparison.Ordinal)]);

    public static async Task<PostfixServer> StartAsync()
    {
        var server = new PostfixServer();
        var (root, etc) = (server.Folder, server.Folder.CreateSubdirectory("etc").FullName);
        foreach (var folder in (string[])["queue", "data", "mail/globot/new", "mail/globot/cur", "mail/globot/tmp"])
        {
            root.CreateSubdirectory(folder);
        }

        root.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        SshdServer.Run("chown", "postfix", Path.Combine(root.FullName, "data"));
        SshdServer.Run("chown", "-R", Nobody, Path.Combine(root.FullName, "mail"));
        await File.WriteAllTextAsync(Path.Combine(etc, "mailboxes"), $"{Bot} globot/\n{Lunar} lunar/\n");
        await File.WriteAllTextAsync(Path.Combine(etc, "aliases"), $"{Alias} {Bot}, {Lunar}\n");
        await File.WriteAllTextAsync(Path.Combine(etc, "main.cf"), $"""
            compatibility_level = 3.6
            queue_directory = {root.FullName}/queue
            data_directory = {root.FullName}/data
            mail_owner = postfix
            setgid_group = postdrop
            command_directory = /usr/sbin
            daemon_directory = /usr/lib/postfix/sbin
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = mail.globenet.org
            mydestination =
            mynetworks = 127.0.0.0/8
            virtual_mailbox_domains = globenet.org
            virtual_mailbox_base = {root.FullName}/mail
            virtual_mailbox_maps = texthash:{etc}/mailboxes
            virtual_alias_maps = texthash:{etc}/aliases
            virtual_minimum_uid = 1
            virtual_uid_maps = static:{Nobody}
            virtual_gid_maps = static:{Nobody}
            smtpd_relay_restrictions = permit_mynetworks, reject
            default_transport = error:nothing leaves this machine
            maillog_file = /dev/stdout

            """);
        await File.WriteAllTextAsync(Path.Combine(etc, "master.cf"), $"""
            127.0.0.1:{server.Port} inet n - n - - smtpd
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            proxymap unix - - n - - proxymap
            error unix - - n - - error
            retry unix - - n - - error
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd

            """);
        await server.StartAsync("postfix", "-c", etc, "start-fg");
        return server;
    }

    /// <summary>Hands it a mail, as a mail program does.</summary>
    public async Task SendAsync(byte[] mail, string from, string to)
    {
        using var bytes = new MemoryStream(mail);
        using var message = await MimeMessage.LoadAsync(bytes);
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", Port, SecureSocketOptions.None);
        await client.SendAsync(message, new MailboxAddress(null, from), [new MailboxAddress(null, to)]);
        await client.DisconnectAsync(quit: true);
    }

    /// <summary>The texts of the mails that an address has, the oldest first.</summary>
    public List<string> MailsOf(string address)
    {
        var folder = Path.Combine(MaildirOf(address), "new");
        return Directory.Exists(folder) ? [.. new DirectoryInfo(folder).GetFiles().OrderBy(file => file.LastWriteTimeUtc).Select(Read)] : [];
    }

    private static string Read(FileInfo file)
    {
        using var message = MimeMessage.Load(file.FullName);
        return $"{message.Headers[HeaderId.AutoSubmitted]}\n{message.Subject}\n{message.TextBody}".ReplaceLineEndings("\n");
    }
}

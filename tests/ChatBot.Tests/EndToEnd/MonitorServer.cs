using ChatBot.Core.Language;

namespace ChatBot.Tests.EndToEnd;

/// <summary>A real monitor that watches hal by passive checks; its notifications are Debian's, which a small script delivers to a Maildir.</summary>
internal abstract class MonitorServer : LoopbackServer
{
    public const string Host = "hal.globenet.org";

    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    /// <param name="sender">In whose name it writes mails.</param>
    /// <param name="folders">That it needs.</param>
    protected MonitorServer(string sender, params string[] folders)
    {
        foreach (var name in (string[])["", .. folders, "Maildir", "Maildir/tmp", "Maildir/new", "Maildir/cur"])
        {
            Directory.CreateDirectory(this[name]);
            File.SetUnixFileMode(this[name], Everybody); // A monitor is never root.
        }

        Write("deliver", $"""
            #!/bin/sh
            # deliver -s SUBJECT ADDRESS, the words on standard input: as mail(1) and a delivery agent do.
            name="$(date +%s.%N).$$.test"
            printf 'From: {sender}@{Host}\nTo: %s\nSubject: %s\nDate: %s\nMessage-Id: <%s>\n\n' "$3" "$2" "$(LC_ALL=C date -R)" "$name" > {Maildir}/tmp/$name
            cat >> {Maildir}/tmp/$name && mv {Maildir}/tmp/$name {Maildir}/new/$name

            """);
    }

    /// <summary>Starts it, or starts it again; the test is skipped where it is not installed.</summary>
    public abstract Task StartAsync();

    /// <summary>A check of a service of hal has this result.</summary>
    /// <param name="service">As it is shown.</param>
    /// <param name="state">The exit status of the plugin.</param>
    /// <param name="output">What the plugin printed.</param>
    public abstract Task CheckAsync(string service, int state, string output);

    public string Maildir => this["Maildir"];

    protected string this[string name] => Path.Combine(Folder.FullName, name);

    /// <summary>The home of a bot that reads its mails and gives it orders.</summary>
    public BotHome MakeHome(int ircPort, Locale locale)
    {
        var home = new BotHome(ircPort, locale) { Sources = BotHome.SourceAt(Maildir) };
        Configure(home);
        home.Write();
        return home;
    }

    /// <summary>Says how the bot gives it orders.</summary>
    protected abstract void Configure(BotHome home);

    /// <summary>Writes a file that anybody can run, and gives its path.</summary>
    protected string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        File.SetUnixFileMode(this[name], (UnixFileMode)0b111_101_101);
        return this[name];
    }
}

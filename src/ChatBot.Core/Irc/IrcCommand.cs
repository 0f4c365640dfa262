using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using ChatBot.Core.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// A line the bot may send, and what it costs at the server's flood control. Made by the factories only, so that no CR, LF, NUL
/// or other control character reaches the socket and no line exceeds 512 bytes with its CR LF (RFC 1459 §2.3; tags not counted),
/// or what the server says it takes.
/// A parameter that cannot be sent is a bug of the caller: ArgumentException.
/// </summary>
public sealed class IrcCommand
{
    /// <summary>Bytes of a line without tags and CR LF.</summary>
    public const int MaxBytes = 510;

    private const int MaxTagBytes = 4094;

    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Select(c => (char)c)]);

    private static readonly SearchValues<char> NotInTargets = SearchValues.Create(",*?!@ ");

    private IrcCommand(string line, double cost) => (Line, Cost) = (line, cost);

    /// <summary>The line without CR LF.</summary>
    public string Line { get; }

    /// <summary>What the strictest server counts for it, in ordinary lines: mostly InspIRCd, whose modules name a penalty each.</summary>
    public double Cost { get; }

    /// <summary>
    /// True where this can name one nick or one channel in a line of ours: no list, no mask, no second parameter.
    /// </summary>
    public static bool CanTarget(string name) =>
        name.Length is > 0 and <= 200 && name[0] != ':' && !name.AsSpan().ContainsAny(NotInTargets)
        && !name.AsSpan().ContainsAny(Controls);

    /// <param name="target">One nick or one channel.</param>
    /// <param name="text">Cleaned of controls.</param>
    /// <param name="lineLength">Bytes that this server takes with CR LF (<see cref="IsupportTokens.LineLength"/>).</param>
    public static IrcCommand Privmsg(string target, string text, int lineLength = MaxBytes + 2) =>
        Build("PRIVMSG", [Target(target)], Cleaner.CleanLine(text), most: lineLength - 2);

    /// <inheritdoc cref="Privmsg(string, string, int)"/>
    public static IrcCommand Privmsg(string target, FormattedText text, int lineLength = MaxBytes + 2) =>
        Formatted("PRIVMSG", target, text, lineLength);

    /// <inheritdoc cref="Privmsg(string, string, int)"/>
    public static IrcCommand Notice(string target, string text, int lineLength = MaxBytes + 2) =>
        Build("NOTICE", [Target(target)], Cleaner.CleanLine(text), most: lineLength - 2);

    /// <summary>Sends a service the password of an account; the words are sent as they are.</summary>
    public static IrcCommand Identify(string nickServ, string account, string password) =>
        ToService(nickServ, $"IDENTIFY {account} {password}");

    /// <summary>To a service by its nick, or by "nick@host".</summary>
    public static IrcCommand ToService(string service, string text) =>
        Build("PRIVMSG", [service.Split('@') is [var nick, var host] ? $"{Target(nick)}@{Target(host)}" : Target(service)], text);

    /// <inheritdoc cref="Privmsg(string, string, int)"/>
    public static IrcCommand Notice(string target, FormattedText text, int lineLength = MaxBytes + 2) =>
        Formatted("NOTICE", target, text, lineLength);

    /// <summary>A CTCP reply, by NOTICE, so that nobody answers it.</summary>
    public static IrcCommand CtcpReply(string target, string verb, string text) =>
        new(Checked($"NOTICE {Middle(target)} :\x01{Middle(verb)} {Cleaner.CleanLine(text)}\x01"), 1);

    /// <summary>Joins several channels by one line: those with keys must come first, as keys are matched by place.</summary>
    public static IrcCommand Join(IReadOnlyList<IrcChannelOptions> channels)
    {
        var names = string.Join(',', channels.Select(c => Target(c.Name)));
        var keys = string.Join(',', channels.TakeWhile(c => c.Key is not null).Select(c => Key(c.Key!)));
        return keys.Length == 0 ? Build("JOIN", [names], cost: 2) : Build("JOIN", [names, keys], cost: 2);
    }

    public static IrcCommand Part(string channel, string reason) =>
        Build("PART", [Target(channel)], Cleaner.CleanLine(reason), cost: 5);

    public static IrcCommand Quit(string reason) => Build("QUIT", [], Cleaner.CleanLine(reason));

    public static IrcCommand Nick(string nick) => Build("NICK", [Target(nick)]);

    public static IrcCommand User(string user, string realname) => Build("USER", [user, "0", "*"], Cleaner.CleanLine(realname));

    public static IrcCommand Pass(string password) => Build("PASS", [], password);

    public static IrcCommand Ping(string token) => Build("PING", [token]);

    /// <summary>The answer to a PING, whose token is the server's own text.</summary>
    public static IrcCommand Pong(string token) => Build("PONG", [], Truncated(Cleaner.CleanLine(token), MaxBytes - "PONG :".Length));

    public static IrcCommand Cap(string subcommand, string? argument = null) =>
        argument is null ? Build("CAP", [subcommand])
        : argument.Contains(' ') ? Build("CAP", [subcommand], argument)
        : Build("CAP", [subcommand, argument]);

    public static IrcCommand Authenticate(string data) => Build("AUTHENTICATE", [data]);

    public static IrcCommand Mode(string target, string? changes = null, string? key = null) =>
        changes is null ? Build("MODE", [target])
        : key is null ? Build("MODE", [target, changes])
        : Build("MODE", [target, changes, key]);

    public static IrcCommand Who(string mask, string? fields = null) =>
        fields is null ? Build("WHO", [mask], cost: 2) : Build("WHO", [mask, fields], cost: 2);

    public static IrcCommand Whois(string nick) => Build("WHOIS", [Target(nick)], cost: 2);

    public static IrcCommand Names(string channel) => Build("NAMES", [Target(channel)]);

    public static IrcCommand Monitor(string nick) => Build("MONITOR", ["+", Target(nick)], cost: 2);

    /// <summary>The same line with a label tag (IRCv3 labeled-response), of at most 4094 bytes.</summary>
    public IrcCommand Labelled(string label) =>
        new($"@{Checked($"label={WithoutControls(IrcTags.Escape(label))}", MaxTagBytes)} {Line}", Cost);

    private static IrcCommand Formatted(string verb, string target, FormattedText text, int lineLength) =>
        new(Checked($"{verb} {Target(target)} :{text}", lineLength - 2), 1);

    private static IrcCommand Build(string verb, ReadOnlySpan<string> middles, string? trailing = null, double cost = 1, int most = MaxBytes)
    {
        var line = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[MaxBytes]);
        line.AppendLiteral(verb);
        foreach (var middle in middles)
        {
            line.AppendLiteral(" ");
            line.AppendLiteral(Middle(middle));
        }
        if (trailing is not null)
        {
            line.AppendLiteral(" :");
            line.AppendLiteral(WithoutControls(trailing));
        }
        return new(Checked(line.ToStringAndClear(), most), cost);
    }

    private static string Target(string name) =>
        CanTarget(name) ? name : throw new ArgumentException("This names neither one nick nor one channel.", nameof(name));

    private static string Key(string value) =>
        value.Length == 0 || value.Contains(',') ? throw new ArgumentException("A key is empty or holds a comma.", nameof(value)) : value;

    private static string Middle(string value) =>
        value.Length == 0 || value[0] == ':' || value.Contains(' ')
            ? throw new ArgumentException("A parameter is empty, begins with ':' or holds a space.", nameof(value))
            : WithoutControls(value);

    private static string WithoutControls(string value) =>
        value.AsSpan().ContainsAny(Controls)
            ? throw new ArgumentException("A parameter holds a control character.", nameof(value))
            : value;

    private static string Checked(string line, int most = MaxBytes) =>
        Encoding.UTF8.GetByteCount(line) > most
            ? throw new ArgumentException($"More than {most} bytes.", nameof(line))
            : line;

    private static string Truncated(string text, int bytes) => LineSplitter.Split(text, bytes)[0];
}

using System.Buffers;
using ChatBot.Core.Machines;
using ChatBot.Core.Speech;

namespace ChatBot.Core.Mail.Formats;

/// <summary>What formats share: how a mail names machines, states and people.</summary>
internal static class Naming
{
    private static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");

    /// <summary>The short name where the inventory knows the machine, else the name as written, cleaned.</summary>
    public static PublicText Machine(string name, Inventory inventory) => PublicText.Declared(inventory.Find(name)?.Name ?? name);

    /// <summary>
    /// The machine a mail was written on: by the domain of From, else by the host of the oldest Received that the inventory
    /// knows. Null for one that is not in the inventory: where a mail comes from says nothing of what it is about otherwise.
    /// </summary>
    public static PublicText? Origin(Mail mail, Inventory inventory)
    {
        if (mail.FromAddress is { } address && inventory.Find(address[(address.LastIndexOf('@') + 1)..]) is { } own)
            return PublicText.Declared(own.Name);
        return mail.Received is [.., var oldest] && ReceivedField.Parse(oldest) is { } hop && inventory.Find(hop.By) is { } host
            ? PublicText.Declared(host.Name)
            : null;
    }

    /// <summary>
    /// A report of a program about the machine it runs on: the host it names, or, where it names none, the one the mail was
    /// written on.
    /// </summary>
    public static Report Report(IFormat format, ReportKind kind, string? host, Mail mail, Inventory inventory) => new()
    {
        Source = PublicText.Declared(format.Source),
        Kind = kind,
        Machine = host is not null && (IsHostName(host) || inventory.Find(host) is not null)
            ? Machine(host, inventory)
            : Origin(mail, inventory),
        When = mail.Date,
    };

    public static bool IsFrom(Mail mail, string localPart) =>
        mail.FromAddress is { } address && address.Length > localPart.Length && address[localPart.Length] == '@'
        && address.StartsWith(localPart, StringComparison.OrdinalIgnoreCase);

    private static bool IsHostName(string name) => name is not "localhost" && name.Length is > 0 and < 254
        && !name.AsSpan().ContainsAnyExcept(HostCharacters);

    public static CheckState? State(ReadOnlySpan<char> word) => word switch
    {
        "OK" => CheckState.Ok,
        "WARNING" => CheckState.Warning,
        "CRITICAL" => CheckState.Critical,
        "UNKNOWN" => CheckState.Unknown,
        "UP" => CheckState.Up,
        "DOWN" => CheckState.Down,
        "UNREACHABLE" => CheckState.Unreachable,
        _ => null,
    };

    /// <summary>Whether a person answers or forwards: what the body quotes is not said now.</summary>
    public static bool IsAnswer(Mail mail) =>
        mail.Header("In-Reply-To") is not null || mail.Header("References") is not null || IsAnswer(mail.Subject);

    /// <summary>The same by the subject alone: some programs thread their own mails.</summary>
    public static bool IsAnswer(string subject) => AnswerPrefix(subject) > 0;

    /// <summary>How much of a subject says « Re: » or “Fwd:”, white space before it included; 0 where nothing does.</summary>
    public static int AnswerPrefix(string subject)
    {
        var text = subject.AsSpan().TrimStart();
        foreach (var prefix in (ReadOnlySpan<string>)["Re:", "Re :", "Fwd:", "Fw:", "Tr:", "TR :", "Rép:", "Aw:"])
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return subject.Length - text.Length + prefix.Length;
        return 0;
    }
}

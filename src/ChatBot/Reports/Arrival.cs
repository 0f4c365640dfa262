using ChatBot.Core.Mail;
using ChatBot.Core.Reports;

namespace ChatBot.Reports;

/// <summary>What a source brings, ready to be stored.</summary>
public sealed record Arrival
{
    /// <summary>Tells the same arrival that comes twice: a hash, or an identifier of a source that begins with its name, <c>send:…</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Further keys that tell it: what came before under any of them is the same.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Further keys under which it is known from now on, whatever was known under them before; ignored where it has no effect.</summary>
    public IReadOnlyList<string> OtherKeys { get; init; } = [];

    /// <summary>What it says, the other reports of the same message within.</summary>
    public required Report Report { get; init; }

    /// <summary>What it may do.</summary>
    public required ArrivalEffect Effect { get; init; }

    /// <summary>The word for what became of it, in <c>seen_mail</c>.</summary>
    public string Outcome { get; init; } = "taken";

    /// <summary>When it arrived by our clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// The mail address of who wrote it: a person of <c>people.toml</c> is called by name, and its host is the machine whose silence is
    /// watched. Null where there is none.
    /// </summary>
    public string? From { get; init; }

    /// <summary>Whether the line about it is for the root group, whatever its words allow.</summary>
    public bool IsForRootAlone { get; init; }

    /// <summary>Nothing vouches for it: only so many a day are stored, and the others counted.</summary>
    public bool IsUnproven { get; init; }

    /// <summary>It claims what only a machine or a person of ours can know, so that its line says that nobody has verified it.</summary>
    public bool IsClaim { get; init; }

    /// <summary>What is remembered of it where it is a mail that opens an incident; null where it is no mail.</summary>
    public OpeningMail? Mail { get; init; }

    /// <summary>The thread of a person's mail: of several within the hour one is announced. Null for all else.</summary>
    public MailThread? Thread { get; init; }
}

/// <summary>What an arrival may do.</summary>
public enum ArrivalEffect
{
    /// <summary>Nothing: it only counts as seen.</summary>
    None,

    /// <summary>A line for the root group, of which there are few an hour: nothing vouches for what it says.</summary>
    UnprovenLine,

    /// <summary>A line for the root group.</summary>
    RootLine,

    /// <summary>A line for each audience that its words allow.</summary>
    Line,

    /// <summary>All that a machine of ours may: open and end incidents, report changes, show that its program is alive.</summary>
    Full,
}

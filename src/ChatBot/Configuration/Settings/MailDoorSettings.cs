namespace ChatBot.Configuration.Settings;

/// <summary>What people may ask for by mail. Nothing is, where the bot cannot answer.</summary>
public sealed record MailDoorSettings
{
    /// <summary>Nothing is done by mail.</summary>
    public static readonly MailDoorSettings Shut = new() { Ack = MailProof.Off, Write = MailProof.Off };

    /// <summary>The longest window: what is older is forgotten, and could come again.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(6);

    /// <summary>What acknowledging and reading take.</summary>
    public MailProof Ack { get; init; } = MailProof.OpenPgp;

    /// <summary>What everything else takes.</summary>
    public MailProof Write { get; init; } = MailProof.OpenPgp;

    /// <summary>How old a signature may be, from an hour to <see cref="LongestWindow"/>.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether anything may be asked for by mail.</summary>
    public bool IsOpen => Ack != MailProof.Off || Write != MailProof.Off;

    /// <summary>Whether the root alias gets the answers, instead of who asked.</summary>
    public bool AnswersAlias { get; init; }
}

/// <summary>What proves who asks for something by mail.</summary>
public enum MailProof
{
    /// <summary>Nothing does: it is not done by mail.</summary>
    Off,

    /// <summary>A DKIM signature of the domain that the mail is from; OpenPGP too.</summary>
    Dkim,

    OpenPgp,
}

namespace ChatBot.Core.Irc.Session;

internal enum Presence { Out, Asked, In }

/// <summary>
/// A channel of the configuration: what is wanted is constant, what is so changes, and the patience survives reconnects.
/// </summary>
internal sealed class DesiredChannel(IrcChannelOptions options)
{
    private const int KicksBeforeRest = 3;
    private static readonly TimeSpan KickMemory = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FirstRefusal = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRefusal = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan FirstRejoin = TimeSpan.FromSeconds(5);

    private readonly List<TimeSpan> _kicks = [];
    private int _refusals;

    public IrcChannelOptions Options { get; } = options;

    public Presence Presence { get; set; }

    /// <summary>When to ask again, while Out: the patience that survives reconnects.</summary>
    public TimeSpan NextTry { get; set; }

    /// <summary>When to stop waiting for an answer, while Asked.</summary>
    public TimeSpan AnswerDeadline { get; set; }

    /// <summary>Since when, while In.</summary>
    public TimeSpan JoinedAt { get; set; }

    /// <summary>Why we are not in, or may not speak; null where all is well. Holds no name of a person.</summary>
    public string? Trouble { get; set; }

    /// <summary>The key for the next JOIN: the last one that was seen to be set, else that of the configuration.</summary>
    public string? Key => LearnedKey ?? Options.Key;

    /// <summary>A secret, as <see cref="Key"/>; it survives reconnects.</summary>
    public string? LearnedKey { get; set; }

    /// <summary>When the services may be asked again to let us in.</summary>
    public TimeSpan NextHelp { get; set; }

    /// <summary>The services were asked to let us in, and have not done so yet.</summary>
    public bool AwaitsHelp { get; set; }

    /// <summary>When an invitation is next obeyed.</summary>
    public TimeSpan NextInvitation { get; set; }

    /// <summary>Whether the server has shown us among its members since we joined.</summary>
    public bool HasBeenListed { get; set; }

    /// <summary>When anything last arrived that only its members receive.</summary>
    public TimeSpan LastActivity { get; set; }

    /// <summary>The letters of the modes that are set; null until the server has sent them.</summary>
    public HashSet<char>? Modes { get; set; }

    /// <summary>
    /// Where colours are wanted and nothing stands against them. +c refuses them (InspIRCd, UnrealIRCd, hybrid) or strips them
    /// (Solanum), +S strips them (InspIRCd, UnrealIRCd; elsewhere it means TLS); +C is about CTCP.
    /// </summary>
    public bool TakesColours =>
        Options.Colours && !RefusesColours && Modes is { } modes && !modes.Contains('c') && !modes.Contains('S');

    /// <summary>The server has refused a line for its colours, though no mode that we see says so: a ban may do it.</summary>
    public bool RefusesColours { get; set; }

    /// <summary>While in, when the modes must have arrived; MaxValue where nothing is to be proved.</summary>
    public TimeSpan ProofDeadline { get; set; } = TimeSpan.MaxValue;

    /// <summary>The modes keep out who is not invited, has no key, or no account.</summary>
    public bool IsClosed { get; set; }

    /// <summary>We have closed it while others were in it, who may be anybody: until they have left, or a person closes it.</summary>
    public bool IsShutWithOthers { get; set; }

    /// <summary>We have closed it for ourselves alone, and are about to give it its key instead.</summary>
    public bool IsBeingKeyed { get; set; }

    /// <summary>The operator has been warned that people outside can write into it.</summary>
    public bool IsKnownUnshielded { get; set; }

    /// <summary>In, and safe to speak in for its audience.</summary>
    public bool IsUsable => Presence == Presence.In && (!MustProve || (IsClosed && !IsShutWithOthers));

    /// <summary>For the root group: whatever key the configuration names, its modes show whether it is closed.</summary>
    public bool MustProve => Options.Audience == ChatBot.Core.Text.Audience.Root;

    /// <summary>For the root group and open to all: made anew by whoever came first, perhaps by us.</summary>
    public bool IsOpen => MustProve && Presence == Presence.In && Modes is not null && !IsClosed;

    /// <summary>Why nothing is said though we are in; null where all is well.</summary>
    public string? OpenTrouble => IsOpen ? "open to all (it needs +k or +i)"
        : MustProve && Presence == Presence.In && IsShutWithOthers ? "closed by the bot with others in it (set +k)"
        : null;

    /// <summary>We have asked the server to close it.</summary>
    public bool HasTriedToClose { get; set; }

    /// <summary>We may not close it, and have asked the services for the right.</summary>
    public bool HasAskedForRight { get; set; }

    public bool IsResting(TimeSpan now) => _kicks.Count(k => now - k <= KickMemory) >= KicksBeforeRest;

    public void Forget()
    {
        Presence = Presence.Out;
        Modes = null;
        IsClosed = IsShutWithOthers = IsBeingKeyed = IsKnownUnshielded = false;
        HasTriedToClose = HasAskedForRight = HasBeenListed = AwaitsHelp = RefusesColours = false;
        ProofDeadline = TimeSpan.MaxValue;
    }

    public void OnJoined(TimeSpan now)
    {
        _refusals = 0;
        (Presence, JoinedAt, LastActivity) = (Presence.In, now, now);
        Trouble = null;
        AwaitsHelp = false;
    }

    /// <summary>Learns the key from a MODE or a 324; null for none. Servers that hide it show a mask.</summary>
    public void LearnKey(string? key)
    {
        if (key is null)
        {
            LearnedKey = null;
        }
        else if (IrcChannelOptions.IsKey(key))
        {
            LearnedKey = key;
        }
    }

    /// <summary>30 s, doubling to 30 min.</summary>
    public TimeSpan WaitAfterRefusal()
    {
        var wait = FirstRefusal * Math.Pow(2, Math.Min(_refusals++, 6));
        return wait < LongestRefusal ? wait : LongestRefusal;
    }

    /// <summary>True where so many kicks came that the next wait is a rest.</summary>
    public bool IsTired => _kicks.Count > KicksBeforeRest;

    /// <summary>5, 10, 20 s for three kicks in ten minutes, and ten minutes for each further one.</summary>
    public TimeSpan WaitAfterKick(TimeSpan now)
    {
        _kicks.RemoveAll(k => now - k > KickMemory);
        _kicks.Add(now);
        return IsTired ? KickMemory : FirstRejoin * Math.Pow(2, _kicks.Count - 1);
    }
}

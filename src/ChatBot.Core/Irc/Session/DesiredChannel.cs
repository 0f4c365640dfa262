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

    /// <summary>The letters of the modes that are set; null until the server has told them.</summary>
    public HashSet<char>? Modes { get; set; }

    /// <summary>While in, when the modes must have been told; MaxValue where nothing is to be proved.</summary>
    public TimeSpan ProofDeadline { get; set; } = TimeSpan.MaxValue;

    public bool IsClosedToOthers => Modes is { } modes && (modes.Contains('i') || modes.Contains('k') || modes.Contains('s'));

    /// <summary>In, and safe to speak in for its audience.</summary>
    public bool IsUsable => Presence == Presence.In && (!MustProve || IsClosedToOthers);

    /// <summary>Where the configuration names a key, the operator vouches for the channel.</summary>
    public bool MustProve => Options.Audience == Speech.Audience.Root && Options.Key is null;

    /// <summary>For the root group, with a key, and open to all: made anew by whoever came first, perhaps by us.</summary>
    public bool HasLostItsKey =>
        Options is { Audience: Speech.Audience.Root, Key: not null } && Modes is not null && !IsClosedToOthers;

    /// <summary>We have asked the server to set the key that the configuration names.</summary>
    public bool HasTriedToClose { get; set; }

    public bool IsResting(TimeSpan now) => _kicks.Count(k => now - k <= KickMemory) >= KicksBeforeRest;

    public void Forget()
    {
        Presence = Presence.Out;
        Modes = null;
        HasTriedToClose = false;
        ProofDeadline = TimeSpan.MaxValue;
    }

    public void OnJoined() => _refusals = 0;

    /// <summary>30 s, doubling to 30 min.</summary>
    public TimeSpan WaitAfterRefusal()
    {
        var wait = FirstRefusal * Math.Pow(2, Math.Min(_refusals++, 6));
        return wait < LongestRefusal ? wait : LongestRefusal;
    }

    /// <summary>5, 10, 20 s for three kicks in ten minutes, and ten minutes for each further one.</summary>
    public TimeSpan WaitAfterKick(TimeSpan now)
    {
        _kicks.RemoveAll(k => now - k > KickMemory);
        _kicks.Add(now);
        return _kicks.Count > KicksBeforeRest ? KickMemory : FirstRejoin * Math.Pow(2, _kicks.Count - 1);
    }
}

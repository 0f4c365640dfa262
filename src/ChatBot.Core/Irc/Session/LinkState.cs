using ChatBot.Core.Text;

namespace ChatBot.Core.Irc.Session;

/// <summary>What the parts of one connection share: who we are on it, what the server can do, and the way out.</summary>
internal sealed class LinkState(IrcSessionOptions options, Func<double> jitter, Outputs outputs, Outgoing outgoing, bool isStandby = false)
{
    public IrcSessionOptions Options { get; } = options;

    public Outgoing Outgoing { get; } = outgoing;

    public IsupportTokens Isupport { get; } = new();

    /// <summary>Capabilities that the server acknowledged on this connection and has not withdrawn.</summary>
    public HashSet<string> Caps { get; } = new(StringComparer.Ordinal);

    public CaseMapping CaseMapping { get; private set; } = CaseMapping.Rfc1459;

    /// <summary>The monotonic time of the current input.</summary>
    public TimeSpan Now { get; set; }

    public TimeSpan LastInbound { get; set; }

    /// <summary>We wait for another bot to stop speaking, in no channel.</summary>
    public bool IsStandby { get; set; } = isStandby;

    public string Nick { get; set; } = NickOf(options, isStandby);

    /// <summary>The nick of the configuration, as long as the server allows.</summary>
    public string WantedNick { get; set; } = NickOf(options, isStandby);

    public bool HasWantedNick => IsMe(WantedNick);

    /// <summary>"user@host" as others see us; null until the server has shown it.</summary>
    public string? UserHost { get; set; }

    /// <summary>True over verified TLS, or where the server is this machine.</summary>
    public bool IsSecure { get; set; }

    public bool IsRegistered { get; set; }

    /// <summary>True while services are about to identify us, and channels would see us without our account.</summary>
    public bool IsIdentifying { get; set; }

    public bool CanJoin => IsRegistered && !IsIdentifying && !IsStandby;

    public TimeSpan RegisteredAt { get; set; }

    public CloseCause? Closing { get; private set; }

    /// <summary>Called when ISUPPORT changes how names compare, so that tables keyed by folded names are rebuilt.</summary>
    public Action CaseMappingChanged { get; set; } = () => { };

    public bool Same(string a, string b) => CaseMapping.Equals(a, b);

    public bool IsMe(string nick) => Same(nick, Nick);

    public bool IsChannel(string target) => target.Length > 0 && Isupport.ChannelTypes.Contains(target[0]);

    public void Emit(IrcEvent happened) => outputs.Events.Add(happened with { Names = CaseMapping });

    /// <summary>A moment between the wait and a quarter more, so that many clients do not move in step.</summary>
    public TimeSpan In(TimeSpan wait) => Now + (wait * (1 + (jitter() / 4)));

    public void Close(CloseCause cause, string reason)
    {
        if (Closing is not null)
        {
            return;
        }

        Closing = cause;
        Emit(new IrcEvent.Disconnecting(reason, cause));
    }

    private static string NickOf(IrcSessionOptions options, bool isStandby) => isStandby ? options.StandbyNick ?? options.Nick : options.Nick;

    public void ReadIsupport(IrcMessage message)
    {
        Isupport.Read(message.Params.Skip(1).SkipLast(1));
        Outgoing.IsSafe = Isupport.HasSafeRate;
        var mapping = Isupport.CaseMapping;
        if (mapping == CaseMapping)
        {
            return;
        }

        CaseMapping = mapping;
        CaseMappingChanged();
    }
}

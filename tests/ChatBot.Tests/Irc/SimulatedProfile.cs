namespace ChatBot.Tests.Irc;

/// <summary>What kind of server <see cref="SimulatedServer"/> is; the numbers are those of the packages as shipped.</summary>
internal sealed record SimulatedProfile(string Name)
{
    public static readonly SimulatedProfile Ngircd = new("ngircd") { Caps = "multi-prefix", Burst = 3, PerSecond = 3 };

    public static readonly SimulatedProfile Hybrid = new("hybrid")
    {
        Caps = "account-notify extended-join multi-prefix",
        Burst = 5,
        PerSecond = 1,
        MostQueuedBytes = 2560,
    };

    public static readonly SimulatedProfile Inspircd = new("inspircd")
    {
        Caps = "account-notify batch cap-notify echo-message extended-join message-tags multi-prefix server-time",
        HasServices = true,
        Burst = 10,
        PerSecond = 1,
        MostQueuedBytes = 8192,
        Isupport = "CASEMAPPING=rfc1459 WHOX PREFIX=(qaohv)~&@%+ BOT=B",
    };

    public static readonly SimulatedProfile Ergo = new("ergo")
    {
        Caps = "account-tag batch cap-notify echo-message labeled-response message-tags sasl=PLAIN server-time standard-replies",
        Burst = 5,
        PerSecond = 2,
        Isupport = "CASEMAPPING=ascii WHOX MONITOR=100 UTF8ONLY",
    };

    public static readonly IReadOnlyList<SimulatedProfile> All = [Ngircd, Hybrid, Inspircd, Ergo];

    public string Caps { get; init; } = "";

    public string Isupport { get; init; } = "CASEMAPPING=ascii";

    /// <summary>Whether there is a NickServ that knows the bot, and takes nicks back for it.</summary>
    public bool HasServices { get; init; }

    /// <summary>Lines that are read at once, and then each second.</summary>
    public int Burst { get; init; }

    public double PerSecond { get; init; }

    /// <summary>With more unread than this the server kills for flooding.</summary>
    public int MostQueuedBytes { get; init; } = int.MaxValue;

    public override string ToString() => Name;
}

namespace ChatBot.Core.Irc;

/// <summary>Why a connection ended: decides how long to wait before the next one.</summary>
public enum CloseCause
{
    /// <summary>The network, a restart, our own end.</summary>
    Lost,

    /// <summary>The server wants TLS (IRCv3 sts): we come back at once by it.</summary>
    NeedsTls,

    /// <summary>An operator, the services or another user of our nick had us removed.</summary>
    Killed,

    /// <summary>The server says that we connect too fast.</summary>
    Throttled,

    /// <summary>We wrote too fast (Excess Flood): the pace is halved.</summary>
    Flooded,

    /// <summary>A ban of the network (465, K/G/Z-line): knocking on does not help.</summary>
    Banned,

    /// <summary>The server did not let us identify: SASL missing, refused or silent.</summary>
    NotIdentified,
}

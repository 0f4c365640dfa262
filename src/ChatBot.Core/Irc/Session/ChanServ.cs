namespace ChatBot.Core.Irc.Session;

/// <summary>
/// The services' keeper of channels, where the configuration names it: asked to let us in or speak, and nobody else ever is. The
/// words are those that Atheme and Anope share.
/// </summary>
internal sealed class ChanServ(LinkState state)
{
    /// <summary>What it can do about a refused JOIN; null where it can do nothing.</summary>
    public static string? Remedy(string numeric) => numeric switch
    {
        "471" or "473" or "475" or "477" => "INVITE",
        "474" => "UNBAN",
        _ => null,
    };

    public bool Is(string nick) => state.Options.Services?.ChanServ is { } name && state.Same(nick, name);

    /// <summary>False where there is none to ask.</summary>
    public bool Ask(string verb, string channel)
    {
        if (state.Options.Services?.ChanServ is not { } name)
        {
            return false;
        }

        state.Outgoing.Setup(IrcCommand.Privmsg(name, $"{verb} {channel}"));
        return true;
    }
}

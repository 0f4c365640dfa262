namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Who was cut off by a netsplit and may come back without being a newcomer. Told by a netsplit batch, or by a QUIT reason of
/// exactly two host names, which servers do not let users write ("Quit: " stands before theirs).
/// </summary>
internal sealed class Netsplits(LinkState state, Batches batches)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);
    private readonly Dictionary<string, TimeSpan> _cutOff = new(StringComparer.Ordinal);

    public bool IsSplit(IrcMessage quit) => batches.IsIn(quit, "netsplit") || IsTwoHosts(quit.Last);

    public void Remember(string nick)
    {
        if (_cutOff.Count >= MostRemembered) Forget();
        if (_cutOff.Count < MostRemembered) _cutOff[state.CaseMapping.Fold(nick)] = state.Now;
    }

    public bool IsReturn(IrcMessage join) =>
        (_cutOff.Remove(state.CaseMapping.Fold(join.From.Nick), out var at) && state.Now - at <= Memory)
        || batches.IsIn(join, "netjoin");

    private void Forget()
    {
        foreach (var (nick, at) in _cutOff)
            if (state.Now - at > Memory) _cutOff.Remove(nick);
    }

    private static bool IsTwoHosts(string reason) =>
        reason.Split(' ') is [var one, var other] && one != other && IsHost(one) && IsHost(other);

    private static bool IsHost(string name) =>
        name.Contains('.') && name[0] != '.' && name[^1] != '.'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '*' or '_');
}

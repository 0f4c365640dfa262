namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Who was cut off by a netsplit and may come back without being a newcomer, known by nick, user and host. Told by a netsplit
/// batch, or by a QUIT reason of exactly two host names, which servers do not let users write ("Quit: " stands before theirs, or
/// quotation marks around it). It spares a welcome and gives no right, so that faking it where a server lets people gains nothing.
/// </summary>
internal sealed class Netsplits
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);

    private readonly LinkState _state;
    private readonly Batches _batches;
    private Dictionary<string, (IrcSource Who, TimeSpan At)> _cutOff = new(StringComparer.Ordinal);

    public Netsplits(LinkState state, Batches batches)
    {
        (_state, _batches) = (state, batches);
        state.CaseMappingChanged += Rekey;
    }

    public bool IsSplit(IrcMessage quit) => _batches.IsIn(quit, "netsplit") || IsTwoHosts(quit.Last);

    public void Remember(IrcSource who)
    {
        if (_cutOff.Count >= MostRemembered)
        {
            Forget();
        }

        if (_cutOff.Count < MostRemembered)
        {
            _cutOff[Key(who)] = (who, _state.Now);
        }
    }

    public bool IsReturn(IrcMessage join) =>
        (_cutOff.Remove(Key(join.From), out var gone) && _state.Now - gone.At <= Memory) || _batches.IsIn(join, "netjoin");

    private string Key(IrcSource who) => $"{_state.CaseMapping.Fold(who.Nick)}!{who.User}@{who.Host}";

    private void Forget()
    {
        foreach (var (key, gone) in _cutOff)
        {
            if (_state.Now - gone.At > Memory)
            {
                _cutOff.Remove(key);
            }
        }
    }

    private void Rekey() =>
        _cutOff = _cutOff.Values.DistinctBy(gone => Key(gone.Who)).ToDictionary(gone => Key(gone.Who), StringComparer.Ordinal);

    private static bool IsTwoHosts(string reason) =>
        reason.Split(' ') is [var one, var other] && one != other && IsHost(one) && IsHost(other);

    private static bool IsHost(string name) =>
        name.Contains('.') && name[0] != '.' && name[^1] != '.'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '*' or '_');
}

using System.Globalization;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// "Who is this nick?", asked of the server for one command: by WHOX where it has it, else by WHOIS. Only the numerics of the
/// pending question count. Two different answers, a nick that changes hands meanwhile, or 5 s of silence mean nobody.
/// </summary>
internal sealed class AccountQueries : ILinkPart
{
    private const int MostPending = 16;
    private const int FirstToken = 100;
    private const int Tokens = 900;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly LinkState _state;
    private readonly Roster _roster;
    private readonly CapNegotiation _caps;
    private readonly List<Query> _pending = [];
    private int _asked;

    public AccountQueries(LinkState state, VerbTable verbs, Roster roster, CapNegotiation caps)
    {
        (_state, _roster, _caps) = (state, roster, caps);
        roster.Departed += nick => Answer(q => _state.Same(q.Nick, nick), isClear: false);
        verbs.On(OnWhox, "354");
        verbs.On(m => OnWhois(m, q => q.Hear(m[2])), "330");
        verbs.On(m => OnWhois(m, q => q.HearCertificate(m.Last.Split(' ')[^1])), "276");
        verbs.On(m => Answer(q => q.Token is not null && _state.Same(q.Nick, m[1]), isClear: true), "315");
        verbs.On(m => Answer(q => q.Token is null && _state.Same(q.Nick, m[1]), isClear: true), "318");
    }

    public TimeSpan NextTick => _pending.Count == 0 ? TimeSpan.MaxValue : _pending[0].Deadline;

    public void Ask(string nick)
    {
        if (_pending.Any(q => _state.Same(q.Nick, nick))) return;
        var isPossible = _state.IsRegistered && !_caps.LostAccountTag && IrcCommand.CanTarget(nick) && !_state.IsChannel(nick)
            && _pending.Count < MostPending && !_roster.DepartedLately(nick);
        if (!isPossible)
        {
            _state.Emit(new IrcEvent.AccountAnswer(nick, null, null));
            return;
        }
        // Where lines carry their account, a line without one is from nobody; WHOIS can then still show a certificate.
        var byWhois = _state.Caps.Contains("account-tag") || !_state.Isupport.HasWhox;
        var token = byWhois ? null : (FirstToken + (_asked++ % Tokens)).ToString(CultureInfo.InvariantCulture);
        _pending.Add(new Query(nick, token, _state.Now + Patience));
        _state.Outgoing.Setup(token is null ? IrcCommand.Whois(nick) : IrcCommand.Who(nick, $"%tna,{token}"));
    }

    public void Tick() => Answer(q => _state.Now >= q.Deadline, isClear: false);

    public void GiveUp() => Answer(_ => true, isClear: false);

    // RPL_WHOSPCRPL to %tna: me token nick account
    private void OnWhox(IrcMessage message)
    {
        if (message.Params.Count != 4) return;
        foreach (var query in _pending)
            if (query.Token == message[1] && _state.Same(query.Nick, message[2]))
                query.Hear(message[3] == "0" ? "*" : message[3]);
    }

    private void OnWhois(IrcMessage message, Action<Query> hear)
    {
        foreach (var query in _pending)
            if (query.Token is null && _state.Same(query.Nick, message[1])) hear(query);
    }

    private void Answer(Predicate<Query> isIt, bool isClear)
    {
        foreach (var query in _pending.FindAll(isIt))
        {
            _pending.Remove(query);
            var account = isClear && !_state.Caps.Contains("account-tag") ? query.Account.Value : null;
            _state.Emit(new IrcEvent.AccountAnswer(query.Nick, account, isClear ? query.Certificate.Value : null));
        }
    }

    private sealed class Query(string nick, string? token, TimeSpan deadline)
    {
        public string Nick => nick;

        public string? Token => token;

        public TimeSpan Deadline => deadline;

        public Heard Account { get; } = new();

        public Heard Certificate { get; } = new();

        public void Hear(string account) => Account.Add(account);

        public void HearCertificate(string fingerprint) =>
            Certificate.Add(fingerprint.All(char.IsAsciiHexDigit) ? fingerprint.ToLowerInvariant() : "*");
    }

    // Something said once, or said again the same; anything else is nothing.
    private sealed class Heard
    {
        private string? _first;
        private bool _isAmbiguous;

        public string? Value => _first is not null && !_isAmbiguous && IrcTags.IsPlain(_first) ? _first : null;

        public void Add(string value)
        {
            _isAmbiguous |= _first is not null && _first != value;
            _first ??= value;
        }
    }
}

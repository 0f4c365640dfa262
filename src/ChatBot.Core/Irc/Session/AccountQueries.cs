using System.Globalization;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// "Who said this?", asked of the server for one command: by WHOX where it has it, else by WHOIS.
/// <code>
/// waiting ── its turn ──► written ── numerics of the oldest question about the nick ──► heard ── 315 or 318 ──► answered
///   │                       ├── the nick changes hands, logs in or out ──► nobody ─┐
///   │                       └── 5 s ──► nobody ────────────────────────────────────┴──► late: takes its own numerics, up to the
///   └── 20 s, or other hands ──► nobody, never written                                 end or a minute, so that they are not the
///                                                                                      next question's
/// </code>
/// Anybody can make us ask, so that a question waits for its turn behind what is to be said (<see cref="Delivery"/>) and never borrows
/// from the pace.
/// Two different answers, another user or host than the command's, or a command older than we can vouch for mean nobody.
/// </summary>
internal sealed class AccountQueries : ILinkPart
{
    // The server may hang on each for a minute.
    private const int MostPending = 200;
    private const int FirstToken = 100;
    private const int Tokens = 900;

    // ircd-hybrid answers no second WHOIS within a second, but by a 263.
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(1.1);
    private static readonly TimeSpan RestTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WaitTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(1);

    private readonly LinkState _state;
    private readonly Roster _roster;
    private readonly CapNegotiation _caps;
    private readonly LinkedList<Query> _waiting = new();
    private readonly List<Query> _queries = [];
    private TimeSpan _notBefore;
    private int _asked;

    public AccountQueries(LinkState state, VerbTable verbs, Roster roster, CapNegotiation caps)
    {
        (_state, _roster, _caps) = (state, roster, caps);
        roster.ChangedHands += nick => GiveUp(q => _state.Same(q.Author.Nick, nick));
        verbs.On(OnWhox, "354");
        verbs.On(m => Whois(m)?.AddPlace($"{m[2]}@{m[3]}"), "311");
        verbs.On(OnAccount, "330");
        verbs.On(m => Whois(m)?.AddCertificate(m.Last.Split(' ')[^1]), "276");
        verbs.On(m => End(Oldest(m[1], isWhox: true)), "315");
        verbs.On(m => End(Oldest(m[1], isWhox: false)), "318");
    }

    /// <summary>Whether WHOIS has shown anybody's account on this connection.</summary>
    public bool HasShownOne { get; private set; }

    public TimeSpan NextTick
    {
        get
        {
            if (_queries.Count == 0 && _waiting.Count == 0)
            {
                return TimeSpan.MaxValue;
            }

            var deadline = _queries.Concat(_waiting).Where(q => !q.IsAnswered).Select(q => q.Deadline).DefaultIfEmpty(TimeSpan.MaxValue).Min();
            return _waiting.Count > 0 && _state.Now < _notBefore && _notBefore < deadline ? _notBefore : deadline;
        }
    }

    /// <summary>The line that asks the next question; null where none is to be written now.</summary>
    public IrcCommand? Next => _state.Now >= _notBefore ? _waiting.First?.Value.Command : null;

    /// <summary>Whether the next one is about somebody who seems to be known, and waits behind few lines.</summary>
    public bool IsNextPrompt => _waiting.First is { Value.IsPrompt: true };

    /// <summary>Takes out what <see cref="Next"/> gave: it is written.</summary>
    public void Take()
    {
        var query = _waiting.First!.Value;
        _waiting.RemoveFirst();
        query.Deadline = _state.Now + Patience;
        query.WrittenAt = _state.Now;
        _notBefore = _state.Now + Gap;
        _queries.Add(query);
    }

    public void Ask(long id, IrcAuthor author, bool isPrompt)
    {
        _queries.RemoveAll(q => _state.Now >= q.WrittenAt + Lateness);
        if (!IsPossible(author))
        {
            _state.Emit(new IrcEvent.AccountAnswer(id, null, null));
            return;
        }
        // Where lines carry their account, a line without one is from nobody; WHOIS can then still show a certificate.
        var byWhois = _state.Caps.Contains("account-tag") || !_state.Isupport.HasWhox;
        var token = byWhois ? null : (FirstToken + (_asked++ % Tokens)).ToString(CultureInfo.InvariantCulture);
        var command = token is null ? IrcCommand.Whois(author.Nick) : IrcCommand.Who(author.Nick, $"%tuhna,{token}");
        var query = new Query(id, author, token, command) { Deadline = _state.Now + WaitTime, IsPrompt = isPrompt };
        if (isPrompt)
        {
            _waiting.AddFirst(query);
        }
        else
        {
            _waiting.AddLast(query);
        }
    }

    /// <summary>
    /// The server does not take this command so often: what was asked last has no answer, and the next waits. False where nothing was
    /// asked by it.
    /// </summary>
    public bool Rest(string command)
    {
        if (_queries.FindLast(q => !q.IsAnswered && q.Command.Line.StartsWith(command + " ", StringComparison.OrdinalIgnoreCase)) is not { } last)
        {
            return false;
        }

        _queries.Remove(last);
        Answer(last, null, null);
        _notBefore = _state.Now + RestTime;
        return true;
    }

    public void Tick()
    {
        if (_queries.Count > 0 || _waiting.Count > 0)
        {
            GiveUp(q => _state.Now >= q.Deadline);
        }
    }

    public void GiveUp() => GiveUp(_ => true);

    // What was said on another connection, or before the memory of who left begins, may be anybody's by now.
    private bool IsPossible(IrcAuthor author) =>
        _state.IsRegistered && !_caps.LostAccountTag && author.SaidAt >= _state.RegisteredAt && author.UserHost.Length > 0
        && IrcCommand.CanTarget(author.Nick) && !_state.IsChannel(author.Nick) && _queries.Count + _waiting.Count < MostPending
        && !_roster.HasChangedHands(author.Nick, author.SaidAt);

    // RPL_WHOSPCRPL to %tuhna: me token user host nick account
    private void OnWhox(IrcMessage message)
    {
        if (message.Params.Count != 6)
        {
            return;
        }

        foreach (var query in _queries)
        {
            if (query.Token != message[1] || !_state.Same(query.Author.Nick, message[4]))
            {
                continue;
            }

            query.AddPlace($"{message[2]}@{message[3]}");
            query.Account.Add(message[5] == "0" ? "*" : message[5]);
        }
    }

    private void OnAccount(IrcMessage message)
    {
        if (Whois(message) is { } query)
        {
            query.Account.Add(message[2]);
            HasShownOne = true;
        }
    }

    private Query? Whois(IrcMessage message) => Oldest(message[1], isWhox: false);

    private Query? Oldest(string nick, bool isWhox) =>
        _queries.Find(q => q.Token is not null == isWhox && _state.Same(q.Author.Nick, nick));

    private void GiveUp(Predicate<Query> isIt)
    {
        foreach (var query in _queries.Concat(_waiting))
        {
            if (!query.IsAnswered && isIt(query))
            {
                Answer(query, null, null);
            }
        }

        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.IsAnswered)
            {
                _waiting.Remove(node);
            }

            node = next;
        }
    }

    private void End(Query? query)
    {
        if (query is null)
        {
            return;
        }

        _queries.Remove(query);
        if (query.IsAnswered)
        {
            return;
        }

        var isSame = query.Place == query.Author.UserHost && !_caps.LostAccountTag;
        var account = isSame && !_state.Caps.Contains("account-tag") ? query.Account.Value : null;
        Answer(query, account, isSame ? query.Certificate.Value : null);
    }

    private void Answer(Query query, string? account, string? certificate)
    {
        query.IsAnswered = true;
        _state.Emit(new IrcEvent.AccountAnswer(query.Id, account, certificate));
    }

    private sealed class Query(long id, IrcAuthor author, string? token, IrcCommand command)
    {
        private readonly Field _place = new(_ => true);

        public long Id => id;

        public IrcAuthor Author => author;

        public string? Token => token;

        public IrcCommand Command => command;

        public bool IsPrompt { get; init; }

        public TimeSpan WrittenAt { get; set; }

        /// <summary>When it is answered by nobody: while it waits, and anew once it is written.</summary>
        public TimeSpan Deadline { get; set; }

        public bool IsAnswered { get; set; }

        public Field Account { get; } = new(account => IrcTags.IsPlain(account));

        public Field Certificate { get; } = new(fingerprint => IrcTags.IsPlain(fingerprint));

        public string? Place => _place.Value;

        public void AddPlace(string userHost) => _place.Add(userHost);

        public void AddCertificate(string fingerprint) =>
            Certificate.Add(fingerprint.All(char.IsAsciiHexDigit) ? fingerprint.ToLowerInvariant() : "*");
    }

    // Something said once, or said again the same; anything else is nothing.
    private sealed class Field(Predicate<string> isClear)
    {
        private string? _first;
        private bool _isAmbiguous;

        public string? Value => _first is not null && !_isAmbiguous && isClear(_first) ? _first : null;

        public void Add(string value)
        {
            _isAmbiguous |= _first is not null && _first != value;
            _first ??= value;
        }
    }
}

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// CAP (IRCv3 capability-negotiation, version 302), from the first LS to NEW and DEL at any time.
/// <code>
/// LS sent ── LS * ──► LS sent ── LS ──► requested ── every ACK or NAK ──► SASL, where wanted ──► END sent
///    └── sts=port over clear text ──► Closed, before anything secret is said
/// </code>
/// </summary>
internal sealed class CapNegotiation
{
    private const string NoSasl = "the server offers no SASL now: see servers of [irc], or leave [irc.sasl] out";

    private const int LongestRequest = 400;
    private const int MostOffered = 200;
    private const int MostPromises = 10;

    // echo-message alone cannot tell which line it confirms, and a label comes back in a batch or on a tag.
    private static readonly string[] Wanted =
    [
        "message-tags", "batch", "labeled-response", "echo-message", "server-time", "account-tag", "account-notify", "extended-join",
        "away-notify", "chghost", "invite-notify", "multi-prefix", "userhost-in-names", "cap-notify", "standard-replies",
    ];

    // Names from before ratification that older servers still use and that mean the same.
    private static readonly Dictionary<string, string> Drafts = new(StringComparer.Ordinal)
    {
        ["draft/standard-replies"] = "standard-replies",
    };

    private readonly LinkState _state;
    private readonly SaslExchange _sasl;
    private readonly HashSet<string> _offered = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private int _unanswered;
    private int _promises;
    private bool _ended;

    public CapNegotiation(LinkState state, VerbTable verbs, SaslExchange sasl)
    {
        (_state, _sasl) = (state, sasl);
        sasl.Identified = End;
        verbs.On(OnCap, "CAP");
        verbs.On(OnUnknownCommand, "421", "451");
    }

    /// <summary>True once the server withdrew account-tag: an account can no longer be believed on this connection.</summary>
    public bool LostAccountTag { get; private set; }

    private void OnCap(IrcMessage message)
    {
        var words = message.Last.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (message[1].ToUpperInvariant())
        {
            case "LS": OnOffered(words, isLast: message[2] != "*" || message.Params.Count < 4); break;
            case "NEW": OnOffered(words, isLast: true); break;
            case "ACK": OnAcknowledged(words); break;
            case "NAK": OnRefused(words); break;
            case "DEL": OnDeleted(words); break;
        }
    }

    private void OnOffered(string[] words, bool isLast)
    {
        foreach (var word in words)
        {
            var (name, value) = word.IndexOf('=') is var equals and >= 0 ? (word[..equals], word[(equals + 1)..]) : (word, "");
            if (name == "sts")
            {
                OnTransportPolicy(StsPolicy.Parse(value));
            }
            else if (_offered.Count < MostOffered)
            {
                _offered.Add(name);
            }

            if (name == "sasl")
            {
                _sasl.Offered = value;
            }
        }
        if (!isLast || _state.Closing is not null)
        {
            return;
        }

        Request([.. Wishes().Where(w => _offered.Contains(w) && !_asked.Contains(w) && !_state.Caps.Contains(Ratified(w)))]);
        Advance();
    }

    private void OnTransportPolicy(StsPolicy policy)
    {
        if (!_state.IsSecure && policy.Port is { } port)
        {
            _state.Emit(new IrcEvent.TlsWanted(port));
            _state.Close(CloseCause.NeedsTls, "the server wants TLS");
        }
        // Each is written to a disk, which a server must not wear out.
        else if (_state.IsSecure && policy.Duration is { } duration && _promises++ < MostPromises)
        {
            _state.Emit(new IrcEvent.TlsPromised(duration));
        }
    }

    private IEnumerable<string> Wishes()
    {
        var canLabel = _offered.Contains("labeled-response") && _offered.Contains("batch") && _offered.Contains("message-tags");
        var wishes = Wanted.Where(w => canLabel || w is not ("labeled-response" or "echo-message"))
            .Concat(Drafts.Where(d => !_offered.Contains(d.Value)).Select(d => d.Key));
        return _state.Options.Sasl is null ? wishes : wishes.Prepend("sasl");
    }

    private static string Ratified(string name) => Drafts.GetValueOrDefault(name, name);

    private void Request(IReadOnlyList<string> names)
    {
        _asked.UnionWith(names);
        var line = "";
        foreach (var name in names)
        {
            if (line.Length + name.Length > LongestRequest)
            {
                Ask(line);
                line = "";
            }
            line = line.Length == 0 ? name : $"{line} {name}";
        }
        if (line.Length > 0)
        {
            Ask(line);
        }
    }

    private void Ask(string names)
    {
        var request = IrcCommand.Cap("REQ", names);
        // Once we are in, capabilities that come and go all the time must not make us flood.
        if (_state.IsRegistered)
        {
            if (!_state.Outgoing.Setup(request))
            {
                _asked.ExceptWith(names.Split(' '));
            }

            return;
        }
        _unanswered++;
        _state.Outgoing.Handshake(request);
    }

    private void OnAcknowledged(string[] words)
    {
        _asked.ExceptWith(words);
        foreach (var word in words)
        {
            if (word.StartsWith('-'))
            {
                Lose(word[1..]);
            }
            else if (Ratified(word) is var name && (Wanted.Contains(name) || name == "sasl"))
            {
                _state.Caps.Add(name);
            }
        }
        _unanswered = Math.Max(0, _unanswered - 1);
        Advance();
    }

    // A NAK refuses the whole line, so the ones on it are asked for again one by one.
    private void OnRefused(string[] names)
    {
        _unanswered = Math.Max(0, _unanswered - 1);
        _asked.ExceptWith(names);
        foreach (var name in names.Where(_offered.Remove).ToArray())
        {
            if (names.Length > 1)
            {
                Ask(name);
            }
        }

        Advance();
    }

    private void OnDeleted(string[] names)
    {
        foreach (var name in names)
        {
            _offered.Remove(name);
            Lose(name);
        }
    }

    private void Lose(string name)
    {
        if (_state.Caps.Remove(Ratified(name)) && name == "account-tag")
        {
            LostAccountTag = true;
        }

        if (name == "sasl")
        {
            _sasl.Lose();
        }
    }

    private void OnUnknownCommand(IrcMessage message)
    {
        if (!_state.IsRegistered && _state.Options.Sasl is not null && message[1].Equals("CAP", StringComparison.OrdinalIgnoreCase))
        {
            _state.Close(CloseCause.NotIdentified, NoSasl);
        }
    }

    private void Advance()
    {
        if (!_state.IsRegistered && _unanswered > 0)
        {
            return;
        }

        if (_state.Options.Sasl is not null && !_sasl.IsIdentified)
        {
            if (_state.Caps.Contains("sasl"))
            {
                _sasl.Start();
            }
            else if (!_state.IsRegistered)
            {
                _state.Close(CloseCause.NotIdentified, NoSasl);
            }
        }
        else
        {
            End();
        }
    }

    private void End()
    {
        if (_ended || _state.IsRegistered)
        {
            return;
        }

        _ended = true;
        _state.Outgoing.Handshake(IrcCommand.Cap("END"));
    }
}

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Identifying to NickServ, where the configuration has an account for it and no SASL. Channels wait until it has ended.
/// <code>
/// Idle ── 001 ──► Waiting ── end of MOTD, 30 s ──► Checked ── WHOIS shows a service: IDENTIFY ──► Asked ── 900, MODE +r, ACCOUNT, its notice ──► Identified
///                                                     │                                            └── its refusal, 401, 10 s ──┐
///                                                     └── it does not, 401, 10 s ─────────────────────────────────────────────────┴──► not identified, again later
/// </code>
/// Where services are away the nick is anybody's: the password goes to it only where the server shows an operator or a service (313), or
/// a server of services (312), or where the configuration names its host, NickServ@services.host, which the server delivers nowhere
/// else. Only a notice of that nick is believed. Its words are known for Atheme, Anope and Ergo
/// in English; whatever it speaks, most servers confirm by 900 or +r.
/// </summary>
internal sealed class NickServ : ILinkPart
{
    private static readonly TimeSpan MotdTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    private static readonly string[] Accepted = ["you are now identified", "now logged in", "password accepted", "already identified", "already logged in"];

    private static readonly string[] Refused =
        ["invalid password", "password incorrect", "incorrect password", "invalid account credentials", "not registered", "isn't registered"];

    private readonly LinkState _state;
    private readonly IrcServicesOptions? _account;
    private TimeSpan _wait = FirstWait;
    private bool _isChecking;
    private bool _isService;
    private bool _isAsked;

    public NickServ(LinkState state, VerbTable verbs)
    {
        _state = state;
        _account = state.Options is { Sasl: null, Services: { NickServ: not null, Account.Length: > 0 } services } ? services : null;
        if (_account is null)
        {
            return;
        }

        verbs.On(OnWelcome, "001");
        verbs.On(_ => { if (_state.IsIdentifying) { Identify(); } }, "376", "422");
        verbs.On(_ => Succeed(), "900");
        verbs.On(_ => Lose(), "901");
        verbs.On(m => { if (state.IsMe(m.From.Nick)) { OnAccount(m[0]); } }, "ACCOUNT");
        verbs.On(m => { if (state.IsMe(m[0]) && IsAdded(m[1], 'r')) { Succeed(); } }, "MODE");
        verbs.On(OnNotice, "NOTICE");
        verbs.On(m => { if (IsIt(m[1])) { Fail("there is no NickServ now"); } }, "401", "440");
        verbs.On(m => _isService |= _isChecking && IsIt(m[1]), "313");
        verbs.On(m => _isService |= _isChecking && IsIt(m[1]) && IsOfServices(m[2]), "312");
        verbs.On(m => { if (_isChecking && IsIt(m[1])) { Decide(); } }, "318");
    }

    public bool IsIdentified { get; private set; }

    public TimeSpan NextTick { get; private set; } = TimeSpan.MaxValue;

    public void Tick()
    {
        if (_state.Now < NextTick)
        {
            return;
        }

        if (_isAsked || _isChecking)
        {
            Fail("NickServ does not answer");
        }
        else
        {
            Identify();
        }
    }

    private void OnWelcome(IrcMessage message)
    {
        if (!_state.IsRegistered || NextTick != TimeSpan.MaxValue)
        {
            return;
        }

        _state.IsIdentifying = true;
        NextTick = _state.Now + MotdTime;
    }

    private void Identify()
    {
        if (_isAsked || _isChecking)
        {
            return;
        }

        NextTick = _state.Now + AnswerTime;
        if (_account!.NickServ!.Contains('@'))
        {
            Tell();
            return;
        }

        (_isChecking, _isService) = (true, false);
        _state.Outgoing.Setup(IrcCommand.Whois(_account.NickServ));
    }

    private void Decide()
    {
        if (_isService)
        {
            Tell();
        }
        else
        {
            Fail("the server does not show that NickServ is a service, so the bot sends it no password; write nickserv = \"NickServ@HOST\" in [irc.services], with the host of the services");
        }
    }

    private bool IsIt(string nick) => _state.Same(nick, _account!.Nick);

    // "services.example.org", or "services." as some name it.
    private static bool IsOfServices(string server) =>
        server.Split('.')[0] is var first && (first.Equals("services", StringComparison.OrdinalIgnoreCase) || first.Equals("service", StringComparison.OrdinalIgnoreCase));

    private void Tell()
    {
        (_isChecking, _isAsked) = (false, true);
        NextTick = _state.Now + AnswerTime;
        _state.Outgoing.Setup(IrcCommand.Identify(_account!.NickServ!, _account.Account, _account.Password));
    }

    private void OnAccount(string account)
    {
        if (account == "*")
        {
            Lose();
        }
        else
        {
            Succeed();
        }
    }

    private void OnNotice(IrcMessage message)
    {
        if (!_isAsked || !_state.IsMe(message[0]) || !IsIt(message.From.Nick))
        {
            return;
        }

        var text = IrcFormatting.Strip(message.Last);
        if (Says(text, Accepted))
        {
            Succeed();
        }
        else if (Says(text, Refused))
        {
            Give("NickServ refused: see account and password_file of [irc.services]");
        }
    }

    // Services may know us without being asked, by a certificate; then there is nothing left to ask.
    private void Succeed()
    {
        if (!_state.IsRegistered || IsIdentified)
        {
            return;
        }

        (IsIdentified, _isAsked, _isChecking, _state.IsIdentifying) = (true, false, false, false);
        NextTick = TimeSpan.MaxValue;
        _wait = FirstWait;
    }

    private void Fail(string reason)
    {
        if (!_isAsked && !_isChecking)
        {
            return;
        }

        Give(reason);
        NextTick = _state.In(_wait);
        _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
    }

    // A refused password stays wrong, and each try is one more that the services count.
    private void Give(string reason)
    {
        (_isAsked, _isChecking, _state.IsIdentifying) = (false, false, false);
        NextTick = TimeSpan.MaxValue;
        _state.Emit(new IrcEvent.NotIdentified(reason));
    }

    private void Lose()
    {
        if (!IsIdentified)
        {
            return;
        }

        IsIdentified = false;
        NextTick = _state.In(_wait);
    }

    private static bool IsAdded(string changes, char mode)
    {
        var sign = changes.LastIndexOfAny(['+', '-'], Math.Max(0, changes.IndexOf(mode)));
        return changes.Contains(mode) && sign >= 0 && changes[sign] == '+';
    }

    private static bool Says(string text, string[] words) =>
        Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}

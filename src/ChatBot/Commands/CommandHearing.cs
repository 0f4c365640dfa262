using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Commands;
using ChatBot.Core.Irc;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Irc;
using ChatBot.OpenPgp;

namespace ChatBot.Commands;

/// <summary>Hears which messages are commands, and finds out who gives them.</summary>
public sealed class CommandHearing(IrcClient irc, CurrentSettings settings, OpenPgpLogin proofs, TimeProvider time)
{
    // More than any group has; beyond that the first are asked about like strangers again.
    private const int MostSeen = 200;

    // Where everybody has an answer, a stranger waits no longer to be taken for one.
    private static readonly TimeSpan StrangerPatience = TimeSpan.FromSeconds(3);

    private readonly QuestionPace? _pace = settings.Value.Settings.Irc.Pace == IrcPace.Off ? null : new QuestionPace();
    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);
    private readonly Lock _asking = new();

    private readonly bool _isTrusted = OpenPgpLogin.IsTrusted(settings.Value.Settings.Irc);

    /// <summary>What commands are answered by from now on.</summary>
    public SettingsSnapshot Settings => settings.Value;

    /// <inheritdoc cref="IrcClient.Later"/>
    public void Later(Action action) => irc.Later(action);

    /// <summary>A command as it arrives; null for talk, and for what is said in a channel that is not in the configuration.</summary>
    public IncomingCommand? Hear(IrcEvent.Message message)
    {
        if (message.IsNotice || message.IsBot || message.IsHistory)
        {
            return null;
        }

        var live = settings.Value;
        var (prefix, nick) = (live.Settings.Irc.CommandPrefix, irc.CurrentNick ?? "");
        var line = message.IsPrivate
            ? CommandLine.InPrivate(message.Text, prefix, nick, message.Names)
            : CommandLine.InChannel(message.Text, prefix, nick, message.Names) ?? CommandLine.Loose(message.Text, nick, message.Names);
        if (line is null)
        {
            return null;
        }

        var incoming = new IncomingCommand(message, line, PersonOf(message), time.GetUtcNow(), proofs.Holding(message))
        {
            LooksLike = LooksLike(message, live.Settings.People),
        };
        if (message.IsPrivate)
        {
            return incoming;
        }

        if (ChannelOf(message) is not { } channel)
        {
            return null;
        }

        // Audience follows the person: whoever is not in the root channel is nobody, wherever they write.
        return IsFromOutside(message)
            ? incoming with { Channel = channel.Name, Audience = Audience.Public, IsFromOutside = true, Proof = null, LooksLike = null }
            : incoming with { Channel = channel.Name, Audience = channel.Audience };
    }

    /// <summary>Whether somebody wrote into a root channel without being in it.</summary>
    public bool IsFromOutside(IrcEvent.Message message) => message.IsFromOutside && ChannelOf(message) is { Audience: Audience.Root };

    /// <summary>Who gives a command, by the server's word or by a proof that was valid when the command arrived and still is.</summary>
    /// <param name="incoming">The command.</param>
    /// <param name="matters">Whether the server is to be asked.</param>
    /// <param name="isForAll">Whether everybody has an answer, and the server's word only decides which.</param>
    /// <param name="cancellationToken">The bot stops.</param>
    public async Task<Caller> WhoAsync(IncomingCommand incoming, bool matters, bool isForAll, CancellationToken cancellationToken)
    {
        var message = incoming.Message;
        var stranger = new Caller(message.Nick, null, null)
        {
            NickKey = message.Names.Fold(message.Nick),
            UserHost = message.Author.UserHost,
            Stay = OpenPgpLogin.StayOf(message),
            MayProve = proofs.AreOffered,
        };
        if (!matters || incoming.IsFromOutside)
        {
            return stranger;
        }

        // On a connection that others on the way can write to, the server's word proves nothing.
        if (!_isTrusted)
        {
            return stranger with { NetworkTellsAccounts = false };
        }

        var people = settings.Value.Settings.People;
        var isShown = message.Account is not null || (irc.TagsAccounts && !people.HaveCertificates);
        var answer = isShown ? new AccountAnswer(message.Account, null) : MayAsk(incoming) ? await AskAsync(incoming, isForAll, cancellationToken) : null;
        if (answer is null)
        {
            return Proved(stranger with { NetworkTellsAccounts = irc.TellsAccounts, IsUnasked = true }, incoming);
        }

        var person = answer.Account is { } account
            ? people.WithAccount(account)
            : answer.CertFp is { } fingerprint ? people.WithCertificate(fingerprint) : null;
        if (person is not null)
        {
            Remember(message, person);
        }

        return Proved(stranger with { Account = answer.Account, Person = person, NetworkTellsAccounts = irc.TellsAccounts }, incoming);
    }

    // While many ask, questions wait for their turn. Null where a stranger need not.
    private async Task<AccountAnswer?> AskAsync(IncomingCommand incoming, bool isForAll, CancellationToken cancellationToken)
    {
        var looksKnown = incoming.LooksLike is not null;
        var answer = irc.AskAccountAsync(incoming.Message.Author, cancellationToken, looksKnown);
        try
        {
            return isForAll && !looksKnown ? await answer.WaitAsync(StrangerPatience, time, cancellationToken) : await answer;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private Caller Proved(Caller caller, IncomingCommand incoming) =>
        caller.Person is null && incoming.Proof is { } proof ? WithProof(caller, proof) : caller;

    private bool MayAsk(IncomingCommand incoming)
    {
        lock (_asking)
        {
            return _pace?.MayAsk(incoming.LooksLike, incoming.Message.Author.SaidAt) ?? true;
        }
    }

    // Somebody whom the roster, an earlier answer or their nick shows as one of ours: worth a question, and never a right.
    private string? LooksLike(IrcEvent.Message message, People people)
    {
        if ((message.Account ?? message.Member?.Account) is { } account && people.WithAccount(account) is { } known)
        {
            return known.Name;
        }

        lock (_asking)
        {
            if (_seen.Count > 0 && _seen.TryGetValue(SeenAs(message), out var seen))
            {
                return seen;
            }
        }

        foreach (var person in people.Persons)
        {
            if (message.Names.Equals(person.Name, message.Nick) || person.Accounts.Contains(message.Nick, message.Names))
            {
                return person.Name;
            }
        }

        return null;
    }

    private IrcChannel? ChannelOf(IrcEvent.Message message)
    {
        foreach (var channel in settings.Value.Settings.Irc.Channels)
        {
            if (channel.Name.Equals(message.Target, StringComparison.Ordinal))
            {
                return channel;
            }
        }

        return null;
    }

    private void Remember(IrcEvent.Message message, Person person)
    {
        lock (_asking)
        {
            if (_seen.Count >= MostSeen)
            {
                _seen.Clear();
            }

            _seen[SeenAs(message)] = person.Name;
        }
    }

    private static string SeenAs(IrcEvent.Message message) => $"{message.Names.Fold(message.Nick)}!{message.Author.UserHost}";

    // Neither the nick nor the list has changed since.
    private Caller WithProof(Caller caller, Proof proof) =>
        proofs.Holds(proof) && proof.Of(settings.Value.Settings.People) is { } person
            ? caller with { Person = person, ProvedUntil = proof.Until }
            : caller;

    // Nobody uses up what another has whose account is called as they are.
    private static string PersonOf(IrcEvent.Message message) =>
        message.Account is { } account ? "account " + account : "nick " + message.Names.Fold(message.Nick);
}

/// <summary>A command as it arrived.</summary>
/// <param name="Message">How it was given.</param>
/// <param name="Line">What was typed.</param>
/// <param name="Person">Whose it is: the account that the line shows, else the nick as the network compares nicks.</param>
/// <param name="At">When.</param>
/// <param name="Proof">Its author's proof at that moment, not one that came later.</param>
public sealed record IncomingCommand(IrcEvent.Message Message, CommandLine Line, string Person, DateTimeOffset At, Proof? Proof)
{
    /// <summary>The name in <c>people.toml</c> of who this seems to be, without any proof; null for a stranger.</summary>
    public string? LooksLike { get; init; }

    /// <summary>Who gave it is answered before others: they are known, or ask seldom.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Where; null in private.</summary>
    public string? Channel { get; init; }

    /// <summary>Of the channel; null in private.</summary>
    public Audience? Audience { get; init; }

    /// <summary>Given in a root channel by somebody who is not in it: by nobody, whatever the server says of them.</summary>
    public bool IsFromOutside { get; init; }
}

using System.Collections.Frozen;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>
/// Finds the command that somebody typed and runs it, once its right, number of words and time are checked. Pace is
/// <see cref="RateLimit"/>'s and comes before.
/// </summary>
/// <param name="commands">All there are; of two with one name the first wins (a test sees to it that there are none).</param>
/// <param name="time">For the time of the call and for the time-out.</param>
/// <param name="onFailure">
/// Receives every exception of a command, for the log; the caller gets a short apology. False for one that is to end the bot.
/// </param>
public sealed class CommandDispatcher(
    IReadOnlyList<ICommand> commands, TimeProvider time, Func<ICommand, Exception, bool> onFailure)
{
    /// <summary>How long a command may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long the bot does not repeat the same refusal to a person in full.</summary>
    public static readonly TimeSpan Once = TimeSpan.FromMinutes(10);

    // “globot état hal” is a command; “globot est lent ce matin encore” is talk.
    private const int MostLooseWords = 3;

    private readonly SaidLately _said = new(Once);

    private readonly FrozenDictionary<string, ICommand> _byName = commands
        .SelectMany(command => command.Help.Names.Select(name => (name: Typed.Fold(name), command)))
        .DistinctBy(pair => pair.name, StringComparer.Ordinal)
        .ToFrozenDictionary(pair => pair.name, pair => pair.command, StringComparer.Ordinal);

    /// <summary>The command of that name, in either language; case, accents and hyphens apart.</summary>
    public ICommand? Find(string name) => _byName.GetValueOrDefault(Typed.Fold(name));

    /// <summary>
    /// Whether the server is to be asked who the caller is. In private also where the answer depends on it: an admin reads there what
    /// the root group reads.
    /// </summary>
    public static bool NeedsIdentity(ICommand command, bool isPrivate) =>
        DependsOnWho(command) || (isPrivate && !command.Help.IsSameForAll);

    /// <summary>Whether a stranger has another answer than somebody the server knows, wherever it is given, or none.</summary>
    public static bool DependsOnWho(ICommand command) => command.Help.AsksWho || command.Help.Right != Right.Everybody;

    /// <summary>
    /// Whether there is an answer at all. Other bots may have the same prefix in a channel: what is theirs is left to them,
    /// and does not count for the pace either. What is said to the bot by its name is answered, but for thanks.
    /// </summary>
    public bool IsForMe(CommandLine line, bool isPrivate, Inventory inventory)
    {
        if (isPrivate || Find(line.Name) is not null)
        {
            return !line.IsLoose || line.Words.Count <= MostLooseWords;
        }

        if (line.IsAddressed)
        {
            return line.IsLoose ? inventory.Find(CommandLine.Bare(line.Name)) is not null && line.Words.Count <= MostLooseWords : Talk.Of(line, inventory).Kind != TalkKind.Thanks;
        }

        return Typed.Near(line.Name, commands.SelectMany(command => command.Help.Names)).Count > 0;
    }

    /// <summary>The answer; null where there is none to give: other bots may have the same prefix in a channel.</summary>
    /// <param name="line">What was typed.</param>
    /// <param name="caller">Who, by the server's word for this very message where <see cref="NeedsIdentity"/>.</param>
    /// <param name="channel">Where; null in private.</param>
    /// <param name="audience">Of the channel; in private root for an identified admin, else public.</param>
    /// <param name="context">The configuration in force.</param>
    /// <param name="cancellationToken">The bot stops.</param>
    public async Task<Reply?> DispatchAsync(
        CommandLine line, Caller caller, string? channel, Audience audience, CommandContext context, CancellationToken cancellationToken)
    {
        var call = new CommandCall
        {
            Caller = caller,
            Name = line.Name,
            IsMeant = line.IsMeant,
            Arguments = line.Arguments,
            Words = line.Words,
            Audience = audience,
            Channel = channel,
            Now = time.GetUtcNow(),
            Context = context,
        };
        if (Find(line.Name) is not { } command)
        {
            return line.IsAddressed ? await TalkAsync(call, line, cancellationToken) : Unknown(call);
        }

        if (call.Caller is { IsUnasked: true, Person: null } && DependsOnWho(command))
        {
            return context.Phrases.Public(Sentences.TooManyAsk);
        }

        if (command.Help.Right == Right.Admin
            && Answers.Refusal(call, Answers.Written(call, command.Help, ""), command.Help.Instead) is { } refusal)
        {
            return InShort(call, refusal);
        }

        if (call.Words.Count < command.Help.LeastWords)
        {
            return Answers.Usage(call, command.Help);
        }

        var reply = InShort(call, await RunAsync(command, call, cancellationToken));
        if (!IsHeard(reply, audience))
        {
            return context.Phrases.Public(Sentences.AnswerIsForRoot);
        }

        return reply.InPrivate && channel is not null
            ? reply with { Note = context.Phrases.Public(Sentences.AnsweredInPrivate) }
            : reply;
    }

    private static bool IsHeard(Reply reply, Audience audience) => reply.Lines.Any(line => line.Marked(audience) is not null);

    // Who is refused again a moment later, whatever it is, knows why.
    private Reply InShort(CommandCall call, Reply reply) => reply.Refused is { } what && !_said.IsNew(Person(call), "refused", call.Now)
        ? reply with { Lines = [call.Phrases.Public(Sentences.ForAdmins, what)] }
        : reply;

    private async Task<Reply> RunAsync(ICommand command, CommandCall call, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource(Patience, time);
        using var stop = cancellationToken.UnsafeRegister(static one => ((CancellationTokenSource)one!).Cancel(), end);
        try
        {
            // Waiting ends with the token even where the command does not look at it.
            var run = command.RunAsync(call, end.Token);
            return run.IsCompletedSuccessfully ? run.Result : await run.AsTask().WaitAsync(end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return call.Phrases.Public(Sentences.TooSlow, (long)Patience.TotalSeconds);
        }
        catch (Exception e) when (!(e is OperationCanceledException && cancellationToken.IsCancellationRequested) && onFailure(command, e))
        {
            return call.Phrases.Public(Sentences.Apology);
        }
    }

    // Ordinary words. They change nothing, whatever they say.
    private async Task<Reply?> TalkAsync(CommandCall call, CommandLine line, CancellationToken cancellationToken)
    {
        var (phrases, talk) = (call.Phrases, Talk.Of(line, call.Context.Inventory));
        switch (talk.Kind)
        {
            case TalkKind.Thanks:
                return call.IsPrivate ? phrases.Public(Sentences.YouAreWelcome) : null;
            case TalkKind.Taking:
                return phrases.Public(Sentences.HowToAcknowledge, call.Prefix, PublicText.Declared(talk.About.Count > 0 ? talk.About[0] : "42"));
            case TalkKind.Machines when commands.FirstOrDefault(command => command.Help.IsAboutMachines) is { } status:
                var about = call with { Name = status.Help.Names[0], Words = talk.About, Arguments = string.Join(' ', talk.About) };
                var reply = await RunAsync(status, about, cancellationToken);
                return reply.InPrivate && !call.IsPrivate ? reply with { Note = phrases.Public(Sentences.AnsweredInPrivate) } : reply;
            case TalkKind.Greeting:
                return call.IsPrivate || _said.IsNew(Person(call), "greeted", call.Now) ? phrases.Public(Sentences.Greeting, call.Prefix) : null;
            case var _ when line.Name.Length > 0 && Answers.NearCommands(call, commands, line.Name) is { } near:
                return near;
            default:
                return call.IsPrivate ? phrases.Public(Sentences.UnknownCommand, call.Prefix)
                    : _said.IsNew(Person(call), "not understood", call.Now) ? phrases.Public(Sentences.NotUnderstood, call.Prefix, Sample(call)) : null;
        }
    }

    private static PublicText Sample(CommandCall call) =>
        PublicText.Declared(call.Context.Inventory.Machines is [var first, ..] ? first.Name : "");

    private static string Person(CommandCall call) => call.Caller.Account is { } account ? "account " + account : "nick " + call.Caller.NickKey;

    private Reply? Unknown(CommandCall call) => Answers.NearCommands(call, commands, call.Name) is { } near
        ? near
        : call.IsPrivate ? (Reply)call.Phrases.Public(Sentences.UnknownCommand, call.Prefix) : null;
}

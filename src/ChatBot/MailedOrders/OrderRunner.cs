using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.MailedOrders;

/// <summary>Carries out the commands of one mail: all of them, or none where one of them is none or has no effect.</summary>
/// <param name="commands">All there are.</param>
/// <param name="incidents">The incidents.</param>
internal sealed class OrderRunner(IReadOnlyList<ICommand> commands, IIncidents incidents)
{
    private const string Ping = "ping";
    private const int KeyDigits = 8;
    private const int MostAnswerLines = 100;

    private static readonly Sentence4 Read = new(
        "Read: {0} {0:command|commands}, signed by {1} (key …{2}), {3}.", "Lu : {0} {0:ordre|ordres}, signé{0:|s} par {1} (clé …{2}), {3}.");

    private static readonly Sentence4 ReadOfDomain = new(
        "Read: {0} {0:command|commands} of {1}, by the DKIM signature of {2}, {3}.", "Lu : {0} {0:ordre|ordres} de {1}, par la signature DKIM de {2}, {3}.");

    private static readonly Sentence NothingDone = new(
        "Nothing is done, because of the lines marked ✗. Correct them, and send all of it again, signed.",
        "Rien n'est fait, à cause des lignes marquées ✗. Corrigez-les et renvoyez le tout, signé.");

    private static readonly Sentence NothingDoneOfReply = new(
        "Nothing is done, because of the lines marked ✗. Correct them, and send all of it again.",
        "Rien n'est fait, à cause des lignes marquées ✗. Corrigez-les et renvoyez le tout.");

    private static readonly Sentence NoLine = new(
        "There is no command below the first line: write one a line.", "Aucun ordre ne suit la première ligne : écrivez-en un par ligne.");

    private static readonly Sentence WouldBeDone = new("would be done", "serait fait");
    private static readonly Sentence NotKnown = new("I know no such command", "je ne connais pas cet ordre");
    private static readonly Sentence NotByMail = new("not by mail: on IRC alone", "pas par mail : sur IRC seulement");
    private static readonly Sentence IsOff = new("the group does not want it by mail ([mail.door])", "le groupe n'en veut pas par mail ([mail.door])");
    private static readonly Sentence2 HowToWrite = new("something is missing: {0} {1}", "il manque quelque chose : {0} {1}");
    private static readonly Sentence1 NeedsOpenPgp = new(
        "takes an OpenPGP signature: put “for {0}” above it, and sign the mail", "demande une signature OpenPGP : mettez « pour {0} » au-dessus et signez le mail");

    private static readonly Sentence1 WhichIncident = new("which incident? write its number: {0} 42 …", "quel incident ? écrivez son numéro : {0} 42 …");
    private static readonly Sentence1 WhetherIncident = new(
        "which incident? write #{0} if it is that one, or the reason without a number before it",
        "quel incident ? écrivez #{0} si c'est celui-là, ou la raison sans nombre devant");

    private static readonly Sentence1 TooLong = new("longer than {0} characters", "plus de {0} caractères");
    private static readonly Sentence1 TooMany = new(
        "Nothing is done: more than {0} commands in one mail. Send them in several, each signed.",
        "Rien n'est fait : plus de {0} ordres dans un mail. Envoyez-en plusieurs, chacun signé.");

    private static readonly Sentence1 TooManyOfReply = new(
        "Nothing is done: more than {0} commands in one mail. Send them in several.",
        "Rien n'est fait : plus de {0} ordres dans un mail. Envoyez-en plusieurs.");

    private static readonly Sentence1 LeftOut = new(
        "{0} more {0:line|lines} left out: ask on IRC, or for less", "{0} {0:ligne|lignes} de plus, non {0:reprise|reprises} ici : demandez sur IRC, ou demandez moins");

    private static readonly Sentence2 You = new("you are {0}, admin; proof: an OpenPGP signature by the key {1}", "vous êtes {0}, admin ; preuve : une signature OpenPGP de la clé {1}");
    private static readonly Sentence2 YouByDomain = new(
        "you are {0}, admin; proof: your address, by the DKIM signature of {1}", "vous êtes {0}, admin ; preuve : votre adresse, par la signature DKIM de {1}");

    private static readonly Sentence1 May = new("by mail you may: {0}", "par mail vous pouvez : {0}");

    /// <summary>Runs in the transaction that is to be taken back where something is not done.</summary>
    public async Task<OrderOutcome> RunAsync(
        OrderFinding.Proven proven, SettingsSnapshot live, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var phrases = live.Phrases;
        var complete = await new ThreadCommands(commands, incidents).CompleteAsync(proven, live, now, cancellationToken);
        var lines = complete.Take(MailOrder.MostLines).Select(line => Understand(line, proven, live)).ToList();
        var by = proven.Domain ?? proven.Key[^KeyDigits..].ToUpperInvariant();
        var answer = new List<RootText>
        {
            phrases.Public(
                proven.Domain is null ? Read : ReadOfDomain, complete.Count, PublicText.Declared(proven.Person.Name, 40), PublicText.Declared(by),
                phrases.At(proven.SignedAt, now)),
        };
        if (lines.Count == 0)
        {
            return new([.. answer, phrases.Public(NoLine)], IsUndone: false);
        }

        if (complete.Count > MailOrder.MostLines)
        {
            return new([.. answer, phrases.Public(proven.Domain is null ? TooMany : TooManyOfReply, MailOrder.MostLines)], IsUndone: false);
        }

        var nothingDone = phrases.Public(proven.Domain is null ? NothingDone : NothingDoneOfReply);
        if (lines.Any(line => line.Why is not null))
        {
            return new([.. answer, .. lines.Select(line => Marked(line, line.Why, phrases)), nothingDone], IsUndone: false);
        }

        var replies = new List<Reply?>();
        foreach (var line in lines)
        {
            replies.Add(line.Command is { } command ? await command.RunAsync(CallOf(line.Typed!, proven, live, now), cancellationToken) : null);
        }

        if (replies.Exists(reply => reply is { IsUndone: true }))
        {
            answer.AddRange(lines.Zip(replies, (line, reply) => Marked(line, reply is { IsUndone: true } ? WhyNot(reply) : null, phrases)));
            return new([.. answer, nothingDone], IsUndone: true);
        }

        foreach (var (line, reply) in lines.Zip(replies))
        {
            answer.Add(new RootText("→ " + Shown(line.Written), CommandLine.MaxLength));
            answer.AddRange(Bounded(reply is null ? Pong(proven, live) : Lines(reply), MostAnswerLines / lines.Count, phrases));
        }

        return new(answer, IsUndone: false) { PingWords = [.. lines.Where(line => line.Command is null).SelectMany(line => line.Typed!.Words)] };
    }

    private static List<RootText> Bounded(IEnumerable<RootText> lines, int most, Phrasebook phrases)
    {
        var all = lines.ToList();
        return all.Count <= most ? all : [.. all.Take(most - 1), phrases.Public(LeftOut, all.Count - most + 1)];
    }

    private static RootText WhyNot(Reply reply) => new(string.Join(" · ", Lines(reply).Select(line => line.Value)), CommandLine.MaxLength);

    private static RootText Marked(Understood line, RootText? why, Phrasebook phrases) => new(
        $"{(why is null ? "✓" : "✗")} {Shown(line.Written)}{phrases.Semicolon}{(why ?? phrases.Public(WouldBeDone)).Value}", 2 * CommandLine.MaxLength);

    // The answer is kept for days, and travels as it is.
    private static string Shown(string written) => Phrase.LooksSecret(written) ? written.Split(' ')[0] + " […]" : written;

    private Understood Understand(CompleteLine line, OrderFinding.Proven proven, SettingsSnapshot live)
    {
        var (phrases, written) = (live.Phrases, line.Written);
        if (written.Length > CommandLine.MaxLength)
        {
            return new(written, null, null, phrases.Public(TooLong, CommandLine.MaxLength));
        }

        if (CommandLine.InPrivate(written, live.Settings.Irc.CommandPrefix, live.Settings.Irc.Nick, CaseMapping.Ascii) is not { } typed)
        {
            return new(written, null, null, phrases.Public(NotKnown));
        }

        if (Typed.Fold(typed.Name) == Ping && typed.Words.Count <= 1)
        {
            return new(written, typed, null, null);
        }

        var command = commands.FirstOrDefault(one => one.Help.Names.Any(name => Typed.Fold(name) == Typed.Fold(typed.Name)));
        PublicText? why = command is null || line.IsProse ? phrases.Public(NotKnown)
            : command.Help.ByMail == ByMail.No ? phrases.Public(NotByMail)
            : !IsWanted(command.Help, live.Settings.Mail.Door) ? phrases.Public(IsOff)
            : !IsEnough(command.Help, proven) ? phrases.Public(NeedsOpenPgp, PublicText.Declared(live.Settings.Mail.Smtp!.From))
            : line.NeedsNumber ? phrases.Public(WhichIncident, PublicText.Declared(command.Help.NameIn(phrases.Locale)))
            : line.Doubted is { } number ? phrases.Public(WhetherIncident, number)
            : typed.Words.Count < command.Help.LeastWords
                ? phrases.Public(HowToWrite, PublicText.Declared(command.Help.NameIn(phrases.Locale)), PublicText.Declared(command.Help.Arguments.In(phrases.Locale)))
            : null;
        return new(written, typed, command, why);
    }

    private static bool IsWanted(CommandHelp help, MailDoorSettings door) => help.ByMail switch
    {
        ByMail.Reply or ByMail.Acknowledge => door.Ack != MailProof.Off,
        ByMail.Write => door.Write != MailProof.Off,
        _ => false,
    };

    private static bool IsEnough(CommandHelp help, OrderFinding.Proven proven) => proven.Domain is null || help.ByMail == ByMail.Reply;

    private static CommandCall CallOf(CommandLine typed, OrderFinding.Proven proven, SettingsSnapshot live, DateTimeOffset now) => new()
    {
        Caller = new Caller(proven.Person.Name, null, proven.Person),
        Name = typed.Name,
        IsMeant = typed.IsMeant,
        Arguments = typed.Arguments,
        Words = typed.Words,
        Audience = Audience.Root,
        Channel = null,
        Now = now,
        Context = new CommandContext { Phrases = live.Phrases, Prefix = live.Settings.Irc.CommandPrefix, Inventory = live.Settings.Inventory },
    };

    private IEnumerable<RootText> Pong(OrderFinding.Proven proven, SettingsSnapshot live)
    {
        var phrases = live.Phrases;
        yield return phrases.Public(
            proven.Domain is null ? You : YouByDomain, PublicText.Declared(proven.Person.Name, 40), PublicText.Declared(proven.Domain ?? proven.Key.ToUpperInvariant()));
        yield return phrases.Public(May, PublicText.Declared(string.Join(
            ", ", commands.Where(one => IsWanted(one.Help, live.Settings.Mail.Door) && IsEnough(one.Help, proven)).Select(one => one.Help.NameIn(phrases.Locale)).Append(Ping)), 400));
    }

    private static IEnumerable<RootText> Lines(Reply reply) => reply.Lines.Select(line => line.ForRootAlone.Root).OfType<RootText>();

    /// <summary>One line of the mail.</summary>
    /// <param name="Written">As written.</param>
    /// <param name="Typed">Null for what is none.</param>
    /// <param name="Command">Null for a ping.</param>
    /// <param name="Why">Why it is not done; null where it is.</param>
    private sealed record Understood(string Written, CommandLine? Typed, ICommand? Command, PublicText? Why);
}

/// <summary>What came of the commands of a mail.</summary>
/// <param name="Lines">The answer.</param>
/// <param name="IsUndone">Whether something was done that is to be taken back.</param>
internal sealed record OrderOutcome(IReadOnlyList<RootText> Lines, bool IsUndone)
{
    /// <summary>What followed <c>ping</c>: <c>chatbot mail test</c> waits for its word.</summary>
    public IReadOnlyList<string> PingWords { get; init; } = [];
}

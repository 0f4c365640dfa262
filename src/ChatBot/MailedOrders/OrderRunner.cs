using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.MailedOrders;

/// <summary>Carries out the commands of one mail: all of them, or none where one of them is none.</summary>
/// <param name="commands">All there are.</param>
internal sealed class OrderRunner(IReadOnlyList<ICommand> commands)
{
    private const string Ping = "ping";
    private const int KeyDigits = 8;

    private static readonly Sentence4 Read = new(
        "Read: {0} {0:command|commands}, signed by {1} (key …{2}), {3}.", "Lu : {0} {0:ordre|ordres}, signé{0:|s} par {1} (clé …{2}), {3}.");

    private static readonly Sentence NothingDone = new(
        "Nothing is done, because of the lines marked ✗. Correct them, and send all of it again, signed.",
        "Rien n'est fait, à cause des lignes marquées ✗. Corrigez-les et renvoyez le tout, signé.");

    private static readonly Sentence NoLine = new(
        "There is no command below the first line: write one a line.", "Aucun ordre ne suit la première ligne : écrivez-en un par ligne.");

    private static readonly Sentence WouldBeDone = new("would be done", "serait fait");
    private static readonly Sentence NotKnown = new("I know no such command", "je ne connais pas cet ordre");
    private static readonly Sentence NotByMail = new("not by mail: on IRC alone", "pas par mail : sur IRC seulement");
    private static readonly Sentence IsOff = new("the group does not want it by mail ([mail.door])", "le groupe n'en veut pas par mail ([mail.door])");
    private static readonly Sentence2 HowToWrite = new("something is missing: {0} {1}", "il manque quelque chose : {0} {1}");
    private static readonly Sentence1 TooLong = new("longer than {0} characters", "plus de {0} caractères");
    private static readonly Sentence1 TooMany = new("more than {0} lines in one mail", "plus de {0} lignes dans un mail");
    private static readonly Sentence2 You = new("you are {0}, admin; proof: an OpenPGP signature by the key {1}", "vous êtes {0}, admin ; preuve : une signature OpenPGP de la clé {1}");
    private static readonly Sentence1 May = new("by mail you may: {0}", "par mail vous pouvez : {0}");

    /// <summary>What the answer says.</summary>
    public async Task<IReadOnlyList<RootText>> RunAsync(
        OrderFinding.Proven proven, SettingsSnapshot live, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var phrases = live.Phrases;
        var lines = proven.Order.Lines.Select((line, index) => Understand(line, index, live)).ToList();
        var answer = new List<RootText>
        {
            phrases.Public(
                Read, lines.Count, PublicText.Declared(proven.Person.Name, 40), PublicText.Declared(proven.Key[^KeyDigits..].ToUpperInvariant()),
                phrases.At(proven.SignedAt, now)),
        };
        if (lines.Count == 0)
        {
            return [.. answer, phrases.Public(NoLine)];
        }

        if (lines.Any(line => line.Why is not null))
        {
            answer.AddRange(lines.Select(line => Marked(line, phrases)));
            return [.. answer, phrases.Public(NothingDone)];
        }

        foreach (var line in lines)
        {
            answer.Add(new RootText("→ " + line.Written, CommandLine.MaxLength));
            answer.AddRange(line.Command is { } command
                ? Lines(await command.RunAsync(CallOf(line.Typed!, proven, live, now), cancellationToken))
                : Pong(proven, live));
        }

        return answer;
    }

    private static RootText Marked(Understood line, Phrasebook phrases) => new(
        $"{(line.Why is null ? "✓" : "✗")} {line.Written}{phrases.Semicolon}{(line.Why ?? phrases.Public(WouldBeDone)).Value}", 2 * CommandLine.MaxLength);

    private Understood Understand(string written, int index, SettingsSnapshot live)
    {
        var phrases = live.Phrases;
        if (index >= MailOrder.MostLines)
        {
            return new(written, null, null, phrases.Public(TooMany, MailOrder.MostLines));
        }

        if (written.Length > CommandLine.MaxLength)
        {
            return new(written, null, null, phrases.Public(TooLong, CommandLine.MaxLength));
        }

        if (CommandLine.InPrivate(written, live.Settings.Irc.CommandPrefix, live.Settings.Irc.Nick, CaseMapping.Ascii) is not { } typed)
        {
            return new(written, null, null, phrases.Public(NotKnown));
        }

        if (Typed.Fold(typed.Name) == Ping && typed.Words.Count == 0)
        {
            return new(written, typed, null, null);
        }

        var command = commands.FirstOrDefault(one => one.Help.Names.Any(name => Typed.Fold(name) == Typed.Fold(typed.Name)));
        PublicText? why = command is null ? phrases.Public(NotKnown)
            : command.Help.ByMail == ByMail.No ? phrases.Public(NotByMail)
            : !IsWanted(command.Help, live.Settings.Mail.Door) ? phrases.Public(IsOff)
            : typed.Words.Count < command.Help.LeastWords
                ? phrases.Public(HowToWrite, PublicText.Declared(command.Help.NameIn(phrases.Locale)), PublicText.Declared(command.Help.Arguments.In(phrases.Locale)))
            : null;
        return new(written, typed, command, why);
    }

    private static bool IsWanted(CommandHelp help, MailDoorSettings door) => help.ByMail switch
    {
        ByMail.Acknowledge => door.Ack != MailProof.Off,
        ByMail.Write => door.Write != MailProof.Off,
        _ => false,
    };

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
        yield return phrases.Public(You, PublicText.Declared(proven.Person.Name, 40), PublicText.Declared(proven.Key.ToUpperInvariant()));
        yield return phrases.Public(May, PublicText.Declared(string.Join(
            ", ", commands.Where(one => IsWanted(one.Help, live.Settings.Mail.Door)).Select(one => one.Help.NameIn(phrases.Locale)).Append(Ping)), 400));
    }

    private static IEnumerable<RootText> Lines(Reply reply) => reply.Lines.Select(line => line.ForRootAlone.Root).OfType<RootText>();

    /// <summary>One line of the mail.</summary>
    /// <param name="Written">As written.</param>
    /// <param name="Typed">Null for what is none.</param>
    /// <param name="Command">Null for a ping.</param>
    /// <param name="Why">Why it is not done; null where it is.</param>
    private sealed record Understood(string Written, CommandLine? Typed, ICommand? Command, PublicText? Why);
}

using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Mutes;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Suppresses the alerts of a machine or of one of its services, for a time that ends by itself.</summary>
public sealed class MuteCommand(IIncidents incidents, IMutes mutes) : ICommand
{
    /// <summary>Where no time is given.</summary>
    private static readonly TimeSpan Usually = TimeSpan.FromHours(1);

    private static readonly Sentence HowLong = new("between 1 minute and 30 days", "entre 1 minute et 30 jours");
    private static readonly Sentence2 NoService = new(
        "[{0}] I do not know that service, nothing is muted; I know: {1}", "[{0}] je ne connais pas ce service, rien n'est muet ; je connais : {1}");

    private static readonly Sentence1 NoServices = new(
        "[{0}] I know none of its services, nothing is muted", "[{0}] je ne lui connais aucun service, rien n'est muet");

    public CommandHelp Help { get; } = new()
    {
        Names = ["mute", "muet"],
        Arguments = new("machine [service] [2h] [reason]", "machine [service] [2h] [raison]"),
        Summary = new(
            "suppress the alerts of a machine, for 1 h or the time given; its end lists what was suppressed",
            "masquer les alertes d'une machine, pour 1 h ou le temps donné ; la fin dit lesquelles"),
        Right = Right.Admin,
        LeastWords = 1,
        ByMail = ByMail.Write,
        Topic = HelpTopic.Silencing,
        Examples =
        [
            new("mute hal pop3 2h charge connue", "[hal] POP3 muet jusqu'à 16:17, par lunar « charge connue »") { English = "mute hal pop3 2h known load" },
            new("muet sql jusqu'à demain 9h", "[sql] muet jusqu'à demain 09:00, par lunar") { English = "mute sql until tomorrow 9:00" },
            new("mute web", "[web] muet jusqu'à 15:17, par lunar"),
            new("mute hal nrpe 2h", "[hal] je ne connais pas ce service, rien n'est muet ; je connais : POP3, IMAP, SMTP"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var open = await incidents.OpenAsync(null, cancellationToken);
        var words = call.Words.ToList();
        var time = new TypedUntil(call.Now, call.Phrases.TimeZone);
        var until = time.TakeFirst(words);
        TypedUntil.SkipSeparators(words);
        if (words.Count == 0)
        {
            return Answers.Usage(call, Help);
        }

        if (Answers.FindMachine(call, CommandLine.Bare(words[0]), open) is not { } machine)
        {
            return TypedDuration.IsNearlyOne(words[0], words.Count > 1 ? words[1] : "") ? Reply.Undone(call.Phrases.Public(Sentences.NotATime)) : Answers.UnknownMachine(call, words[0]);
        }

        words.RemoveAt(0);
        var service = IncidentTarget.TakeService(words, machine, open);
        TypedUntil.SkipSeparators(words);
        until ??= time.TakeFirst(words);
        TypedUntil.SkipSeparators(words);
        service ??= IncidentTarget.TakeService(words, machine, open);
        TypedUntil.SkipSeparators(words);
        until ??= time.TakeFirst(words);

        words.RemoveAll(word => !word.Any(char.IsLetterOrDigit));
        if (TypedUntil.IsSlip(words))
        {
            return Reply.Undone(call.Phrases.Public(Sentences.NotATime));
        }

        // “hal pop” must not silence all of hal.
        if (service is null && IncidentTarget.IsNearService(words, machine, open))
        {
            return UnknownService(call, machine);
        }

        // Nor must “hal nrpe 2h”.
        if (service is null && until is null && words.Count > 1 && time.TakeFirst(words.Skip(1).ToList()) is not null)
        {
            return UnknownService(call, machine);
        }

        until ??= time.TakeLast(words) ?? call.Now + Usually;
        if (!time.Allows(until.Value))
        {
            return Reply.Undone(call.Phrases.Public(HowLong));
        }

        var reason = string.Join(' ', words);
        if (Secret.IsIn(reason))
        {
            return Answers.LooksSecret(call);
        }

        var isForRoot = open.Any(one => one.Machine.IsForRoot && one.Machine.Value == machine.Name);
        var mute = new Mute(
            Name.OfMachine(machine.Name, isForRoot), service is null ? null : Name.OfService(service, isForRoot),
            PublicText.Declared(call.Caller.Person!.Name, 40), call.Remark(reason), call.Now, until.Value);
        return await mutes.MuteAsync(mute, call.Channel, cancellationToken);
    }

    private static Reply UnknownService(CommandCall call, Machine machine)
    {
        var name = Name.OfMachine(machine.Name);
        return Reply.Undone(machine.Services.Count == 0
            ? call.Phrases.Say(NoServices, name)
            : call.Phrases.Say(NoService, name, PublicText.Declared(string.Join(", ", machine.Services))));
    }
}

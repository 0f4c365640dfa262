using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Speech;

namespace ChatBot.Commands;

/// <summary>Takes an incident, with a reason, for a time that ends by itself.</summary>
public sealed class AckCommand : ICommand
{
    private static readonly Sentence HowLong = new("entre 1 minute et 30 jours", "between 1 minute and 30 days");

    public CommandHelp Help { get; } = new()
    {
        Names = ["ack", "prends"],
        Arguments = new("42 [2h] raison", "42 [2h] reason"),
        Summary = new("prendre un incident, pour 24 h ou le temps donné", "take an incident, for 24 h or the time given"),
        Right = Right.Admin,
        LeastWords = 2,
        Examples =
        [
            new("ack 42 je redémarre", "[hal] POP3 CRITICAL pris par lunar"),
            new("prends 42 2h je redémarre", "jusqu'à 16:17 — #42"),
            new("ack filer le disque est changé 1h30", "[filer] DOWN pris par lunar « le disque est changé » jusqu'à 15:47 — #43"),
            new("ack 40 je regarde", "déjà terminé : [hal] IMAP OK après 30 minutes"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var arguments = AckArguments.Parse(call.Words);
        if (arguments.Number is null)
            arguments = await OfMachineAsync(call, cancel) ?? arguments;
        var reason = string.Join(' ', arguments.Rest);
        if (arguments.Number is not { } number || !reason.Any(char.IsLetter))
            return Answers.Usage(call, Help);
        if (!arguments.LastsIsAllowed)
            return call.Voice.Public(HowLong);
        if (Secret.IsIn(reason))
            return Answers.LooksSecret(call);

        var by = PublicText.Declared(call.Caller.Person!.Name, 40);
        var taken = new Taken(by, call.Remark(reason), call.Now, call.Now + arguments.Lasts);
        var (result, incident) = await call.World.Incidents.TakeAsync(number, taken, call.Channel, cancel);
        return result switch
        {
            TakeResult.Done => call.World.Lines.Taken(incident!, call.Now),
            TakeResult.AlreadyClosed => call.Voice.Say(Sentences.AlreadyClosed, call.World.Lines.Recovery(incident!)),
            _ => Answers.NoSuchIncident(call, number),
        };
    }

    // “hal pop3 raison”, “filer raison”: the one incident that these words name.
    private static async Task<AckArguments?> OfMachineAsync(CommandCall call, CancellationToken cancel)
    {
        var words = call.Words;
        if (call.World.Inventory.Find(words[0]) is not { } machine)
            return null;
        var open = await call.World.Incidents.OpenAsync(machine.Name, cancel);
        var named = open
            .Where(one => one.Service is { } its && its.Value.Equals(words[1], StringComparison.OrdinalIgnoreCase)).ToList();
        var used = named.Count > 0 ? 2 : 1;
        if (used == 1)
            named = open.Where(one => one.Service is null).ToList();
        return named is [var only] ? AckArguments.Parse([$"#{only.Number}", .. words.Skip(used)]) : null;
    }
}

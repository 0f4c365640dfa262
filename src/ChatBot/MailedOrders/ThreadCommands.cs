using System.Globalization;
using ChatBot.Configuration;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Text;

namespace ChatBot.MailedOrders;

/// <summary>
/// Completes what people leave out in an answer to the mail of an incident: its number, and the reason of an acknowledgement, which is then the
/// first sentence below it.
/// </summary>
/// <param name="commands">All there are.</param>
/// <param name="incidents">The incidents.</param>
internal sealed class ThreadCommands(IReadOnlyList<ICommand> commands, IIncidents incidents)
{
    private const int LongestReason = 200;

    /// <summary>The lines as if everything stood in them.</summary>
    public async Task<IReadOnlyList<CompleteLine>> CompleteAsync(OrderFinding.Proven proven, SettingsSnapshot live, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var order = proven.Order;
        var complete = new List<CompleteLine>();
        IReadOnlyList<Incident>? open = null;
        var lines = order.Lines.TakeWhile(line => !SignOff.Ends(line, proven.Person) || (Read(line, live) is { } read && CommandOf(read) is not null)).ToList();
        var last = lines.Count < order.Lines.Count ? [] : order.Below;
        for (var at = 0; at < lines.Count; at++)
        {
            var written = lines[at];
            var read = Read(written, live);
            if (read is { } meant && ReplyCommand.IsProse(written, meant))
            {
                complete.Add(new(written) { IsProse = true });
                continue;
            }

            if (read is not { } typed || CommandOf(typed) is not { Help.IsAboutThread: true } command)
            {
                complete.Add(new(written));
                continue;
            }

            open ??= await incidents.OpenAsync(null, cancellationToken);
            var arguments = AckArguments.Parse(typed.Words, live.Settings.Inventory, open, now, live.Phrases.TimeZone);
            var lacksReason = command.Help.LeastWords > 0 && arguments is { Reason.Length: 0, HasTimeSlip: false };
            if (lacksReason && order.For.Length == 0)
            {
                var below = lines.Skip(at + 1).TakeWhile(line => Read(line, live) is not { } next || CommandOf(next) is null).ToList();
                at += below.Count;
                complete.Add(Complete(typed, command.Help, proven, arguments, below.Count > 0 ? below : last));
            }
            else
            {
                complete.Add(Complete(typed, command.Help, proven, arguments, lacksReason ? last : []));
            }
        }

        return complete;
    }

    private static CompleteLine Complete(
        CommandLine typed, CommandHelp help, OrderFinding.Proven proven, AckArguments arguments, IReadOnlyList<string> below)
    {
        // “unack 2 minutes” asks for something else than to release it.
        var isOfThread = arguments.Target is { IsNothing: true, GoesOn: false } && !arguments.HasNumberSlip && (help.LeastWords > 0 || arguments.Lasts is null);
        string[] number = isOfThread && proven.Incidents is [var only] ? [only.ToString(CultureInfo.InvariantCulture)] : [];
        var reason = SignOff.ReasonAbove(below, proven.Person, LongestReason);
        // What begins with a number or a sign would belong to the target.
        string[] more = reason.Length == 0 ? [] : [char.IsLetter(reason[0]) ? reason : $"« {reason} »"];
        string[] words = [typed.IsMeant ? typed.Name + "!" : typed.Name, .. number, .. typed.Words, .. more];
        return new(string.Join(' ', words))
        {
            NeedsNumber = isOfThread && number.Length == 0 && (proven.Order.For.Length == 0 || proven.Incidents.Count > 1),
            Doubted = proven.Incidents.Count == 0 ? null : arguments.Target.Numbers.Where(one => !proven.Incidents.Contains(one) && !IsSigned(typed.Words, one)).Select(one => (long?)one).FirstOrDefault(),
        };
    }

    private static bool IsSigned(IReadOnlyList<string> words, long number) => words
        .Select((word, at) => at > 0 && IncidentNumber.IsSign(words[at - 1]) ? "#" + word : word)
        .SelectMany(word => word.TrimEnd(',', ':').Split(','))
        .Any(part => IncidentNumber.IsSigned(part) && IncidentNumber.Parse(part) == number);

    private static CommandLine? Read(string line, SettingsSnapshot live) =>
        CommandLine.InPrivate(line, live.Settings.Irc.CommandPrefix, live.Settings.Irc.Nick, CaseMapping.Ascii);

    private ICommand? CommandOf(CommandLine typed) =>
        commands.FirstOrDefault(one => one.Help.Names.Any(name => Typed.Fold(name) == Typed.Fold(typed.Name)));
}

/// <summary>One line with all it means.</summary>
/// <param name="Written">As if its author had written all of it.</param>
internal sealed record CompleteLine(string Written)
{
    /// <summary>Which incident it means is not sure.</summary>
    public bool NeedsNumber { get; init; }

    /// <summary>It begins as a command and is none: “ack pas possible”.</summary>
    public bool IsProse { get; init; }

    /// <summary>A number without a sign that is not of the thread, and may count something: “4 fois de suite”.</summary>
    public long? Doubted { get; init; }
}

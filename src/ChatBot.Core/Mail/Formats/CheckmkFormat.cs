using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Checkmk 1.2 to 2.4, notification scripts <c>asciimail</c> and <c>mail</c> (HTML, the same labels as a table). Subject <c>Check_MK: HOST/SERVICE
/// EVENT</c> or <c>Check_MK: HOST - EVENT</c>, <c>Checkmk:</c> since 2.3; the body has <c>Host:</c>, <c>Service:</c>, <c>Event:</c>, <c>Output:</c> or
/// <c>Summary:</c>. EVENT (<c>notification_plugins/utils.py</c>, <c>event_templates</c>) is <c>OLD -> NEW</c> in short words (OK, WARN, CRIT, UNKN; UP, DOWN,
/// UNRE), <c>Acknowledged (STATE)</c>, <c>Downtime Start (STATE)</c>, <c>Started Flapping</c> and the like. Host, service and state are public; the rest for root.
/// </summary>
public sealed class CheckmkFormat : IFormat
{
    private static readonly (string Word, string Type)[] Events =
    [
        ("Acknowledged", "ACKNOWLEDGEMENT"), ("Downtime Start", "DOWNTIMESTART"), ("Downtime End", "DOWNTIMEEND"), ("Downtime Cancelled", "DOWNTIMECANCELLED"),
        ("Started Flapping", "FLAPPINGSTART"), ("Stopped Flapping", "FLAPPINGSTOP"), ("Disabled Flapping", "FLAPPINGDISABLED"), ("Custom Notification", "CUSTOM"),
    ];

    public string Source => "checkmk";

    public Tracked Tracks => new("host and service", "an event whose new state is OK or UP");

    public Report? Recognise(Mail mail, Inventory inventory)
    {
        var subject = mail.Subject.AsSpan().Trim();
        if (!subject.StartsWith("Check_MK: ", StringComparison.Ordinal) && !subject.StartsWith("Checkmk: ", StringComparison.Ordinal)
            || Writer.IsByPerson(mail, inventory)
            || Value(mail.Text, "Host:") is not { } host || Value(mail.Text, "Event:") is not { } told)
        {
            return null;
        }

        var (type, state) = Event(told);
        if (type is null || state is null)
        {
            return null;
        }

        var name = host.Split(" (", 2)[0];
        return new Report
        {
            Source = Field.Public(Source),
            Kind = NagiosFormat.KindOfType(type)!.Value,
            Phase = NagiosFormat.PhaseOf(type),
            Machine = Naming.Machine(inventory.Find(name) is null && Value(mail.Text, "Alias:") is { } alias && inventory.Find(alias) is not null ? alias : name, inventory),
            Service = Value(mail.Text, "Service:") is { } service ? Field.Service(service) : null,
            State = state,
            IsContradictory = Contradiction.Between(state, Event(mail.Subject[(mail.Subject.IndexOf(':', StringComparison.Ordinal) + 1)..]).State),
            When = mail.Date,
            Detail = Rooted(Value(mail.Text, "Output:") ?? Value(mail.Text, "Summary:")),
            Author = Rooted(Value(mail.Text, "Author:")),
            Comment = Rooted(Value(mail.Text, "Comment:")),
        };
    }

    private static (string? Type, CheckState? State) Event(string told)
    {
        foreach (var arrow in (ReadOnlySpan<string>)["->", "→"])
        {
            if (told.IndexOf(arrow, StringComparison.Ordinal) is >= 0 and var at)
            {
                var state = StateOf(told.AsSpan(at + arrow.Length).Trim());
                return (state is null ? null : state.Value.IsGood() ? "RECOVERY" : "PROBLEM", state);
            }
        }

        foreach (var (word, type) in Events)
        {
            if (told.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                // Of flapping that starts the state is not said.
                return (type, Shape.Read(told.AsSpan(word.Length), "(", ")") is [var state] ? StateOf(state) : CheckState.Unknown);
            }
        }

        return (null, null);
    }

    private static CheckState? StateOf(ReadOnlySpan<char> word) => word switch
    {
        "WARN" => CheckState.Warning,
        "CRIT" => CheckState.Critical,
        "UNKN" => CheckState.Unknown,
        "UNRE" or "UNREACH" => CheckState.Unreachable,
        _ => CheckStates.Parse(word),
    };

    private static string? Value(string text, string label) => Shape.After(text, label, 80);

    private static RootText? Rooted(string? text) => text is null ? null : new RootText(text);
}

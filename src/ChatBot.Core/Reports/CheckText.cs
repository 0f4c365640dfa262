
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Core.Reports;

/// <summary>Names a check and its state in the monitor's own words.</summary>
public static class CheckText
{
    /// <summary>“POP3 CRITICAL”, the state marked as one; the state alone for the machine itself.</summary>
    public static Fact Of(Name? service, CheckState state) => Of(service, PublicText.State(state.Word()));

    /// <summary>“hal CRITICAL (loadavg)”.</summary>
    /// <param name="service">Null for the machine itself.</param>
    /// <param name="state">In the monitor's own word.</param>
    /// <param name="part">Which of the service's checks; null where that has no name that anybody may read.</param>
    public static Fact Of(Name? service, CheckState state, PublicText? part) =>
        part is { } name ? Of(service, PublicText.Join(" ", [PublicText.State(state.Word()), PublicText.Declared($"({name.Value})")])) : Of(service, state);

    /// <summary>The name of the check, where it has one, and what follows it.</summary>
    internal static Fact Of(Name? service, Line after) => service is { } name ? Fact.Of(name, after) : after;

    /// <summary>The program of a <see cref="Report.Source"/>, as people write its name.</summary>
    public static PublicText Monitor(PublicText source) => source.Value switch
    {
        "nagios" => MonitorNames.Nagios,
        "icinga" or "icinga2" => MonitorNames.Icinga,
        "send" => MonitorNames.Send,
        _ => source,
    };
}


using ChatBot.Core.Text;

namespace ChatBot.Core.Reports;

/// <summary>Names a check and its state in the monitor's own words.</summary>
public static class CheckText
{
    /// <summary>“POP3 CRITICAL”, the state marked as one; the state alone for the machine itself.</summary>
    public static PublicText Of(PublicText? service, CheckState state) =>
        service is { } name ? PublicText.Join(" ", [name, PublicText.State(state.Word())]) : PublicText.State(state.Word());

    /// <summary>The monitor of a <see cref="Report.Source"/>, as people write its name.</summary>
    public static PublicText Monitor(PublicText source) => source.Value switch
    {
        "nagios" => MonitorNames.Nagios,
        "icinga" or "icinga2" => MonitorNames.Icinga,
        _ => source,
    };
}

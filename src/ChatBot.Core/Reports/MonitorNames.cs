using System.Collections.Frozen;
using ChatBot.Core.Text;

namespace ChatBot.Core.Reports;

/// <summary>The monitors that take orders, and the programs whose checks they know.</summary>
public static class MonitorNames
{
    public static readonly PublicText Nagios = PublicText.Declared("Nagios");

    public static readonly PublicText Icinga = PublicText.Declared("Icinga");

    /// <summary>Nagios and its kin, as <see cref="Report.Source"/> names them: the monitor knows their checks.</summary>
    public static readonly FrozenSet<string> Sources = ["nagios", "icinga", "icinga2", "centreon", "naemon", "shinken"];

    /// <summary>Whether somebody acknowledged in the monitor itself, whose mail or state does not always name the person.</summary>
    public static bool IsMonitor(PublicText by) => by == Nagios || by == Icinga;
}

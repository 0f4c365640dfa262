using System.Collections.Frozen;
using ChatBot.Core.Text;

namespace ChatBot.Core.Reports;

/// <summary>The monitors that take orders, and the programs whose checks they know.</summary>
public static class MonitorNames
{
    public static readonly PublicText Nagios = PublicText.Declared("Nagios");

    public static readonly PublicText Icinga = PublicText.Declared("Icinga");

    /// <summary>What a script of the group sends.</summary>
    public static readonly PublicText Send = PublicText.Declared("chatbot send");

    /// <summary>Nagios and its kin, as <see cref="Report.Source"/> names them: the monitor knows their checks.</summary>
    public static readonly FrozenSet<string> Sources = ["nagios", "icinga", "icinga2", "centreon", "naemon", "shinken"];

    /// <summary>What <see cref="Producer"/> calls Nagios and its kin.</summary>
    public static readonly PublicText Family = PublicText.Declared("monitor");

    /// <summary>The program whose checks these are: Nagios and its kin see the same ones, every other program has its own.</summary>
    /// <param name="source">As <see cref="Report.Source"/>; null where none was stored, which is a monitor's.</param>
    public static PublicText Producer(PublicText? source) => source is { } name && !Sources.Contains(name.Value) ? name : Family;

    /// <summary>Whether somebody acknowledged in the monitor itself, whose mail or state does not always name the person.</summary>
    public static bool IsMonitor(PublicText by) => by == Nagios || by == Icinga;
}

namespace ChatBot.Core.Reports;

/// <summary>
/// The states a monitor gives: four of a service (<c>OK WARNING CRITICAL UNKNOWN</c>), three of a machine
/// (<c>UP DOWN UNREACHABLE</c>). Nagios Core's own words.
/// </summary>
public enum CheckState
{
    Ok,
    Warning,
    Critical,
    Unknown,
    Up,
    Down,
    Unreachable,
}

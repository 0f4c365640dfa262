
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Monitoring;

/// <summary>One difference between the monitor's state and the incidents here.</summary>
/// <param name="Reason">Found, changed, gone, or taken in the monitor.</param>
/// <param name="Machine">Its short name where the inventory knows it.</param>
/// <param name="Service">Null for the machine itself.</param>
/// <param name="State">In the monitor.</param>
/// <param name="Incident">The number of the open incident; null where there is none.</param>
/// <param name="Ack">Who took it there; null for the other reasons.</param>
/// <param name="IsSilenced">An intervention keeps the monitor from mailing it: there is no mail to wait for.</param>
public sealed record StateDrift(
    Reason Reason, PublicText Machine, PublicText? Service, CheckState State, long? Incident, MonitoredAck? Ack, bool IsSilenced);

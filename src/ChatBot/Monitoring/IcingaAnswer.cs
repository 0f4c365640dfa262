using System.Net;
using ChatBot.Core.Monitoring;

namespace ChatBot.Monitoring;

/// <summary>An answer of the API of Icinga, or why there is none.</summary>
/// <param name="Body">Empty where there is none.</param>
/// <param name="Trouble">Null where it is a good answer.</param>
/// <param name="Reason">The trouble for the log; nothing that Icinga or a person wrote.</param>
internal readonly record struct IcingaAnswer(ReadOnlyMemory<byte> Body, MonitorTrouble? Trouble, string Reason = "")
{
    public static IcingaAnswer Of(HttpStatusCode status) => (int)status switch
    {
        200 => new IcingaAnswer(default, null),
        401 => Bad(MonitorTrouble.WrongPassword, status),
        // Without the permission it says 403 or, up to 2.13 at least, that there is no such object.
        403 or 404 => Bad(MonitorTrouble.NotPermitted, status),
        // A conflict: already acknowledged, or well. Its state says which.
        409 => new IcingaAnswer(default, null),
        _ => Bad(MonitorTrouble.AnswerUnreadable, status),
    };

    private static IcingaAnswer Bad(MonitorTrouble trouble, HttpStatusCode status) => new(default, trouble, $"status {(int)status}");
}

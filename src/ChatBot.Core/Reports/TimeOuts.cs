
using System.Buffers;
using ChatBot.Core.Text;

namespace ChatBot.Core.Reports;

/// <summary>
/// Recognises a check that failed because no answer came in time, as Nagios (<c>(Service check timed out after 60.01 seconds)</c>),
/// monitoring-plugins 2.3 (<c>Socket timeout after 10 seconds</c>, <c>Plugin timed out</c>), NRPE 4 (<c>CHECK_NRPE: Socket timeout</c>), the C
/// library (<c>Connection timed out</c>) and people who write checks in French say it.
/// </summary>
internal static class TimeOuts
{
    private static readonly SearchValues<string> Words = SearchValues.Create(
        ["timeout", "timed out", "time-out", "time out", "timedout", "délai dépassé", "dépassement de délai", "dépassement du délai", "délai d'attente"],
        StringComparison.OrdinalIgnoreCase);

    public static bool IsIn(RootText text) => text.Value.AsSpan().ContainsAny(Words);
}

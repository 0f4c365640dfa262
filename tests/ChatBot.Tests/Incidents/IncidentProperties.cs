using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>Any reports about one check, any time apart, carried out as the desk does.</summary>
public class IncidentProperties
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);
    private static readonly IncidentLines Lines = new(new Phrasebook(Locale.English, TimeZoneInfo.Utc), "!", publicOutput: false);

    private static readonly Report[] Possible =
    [
        SampleReports.Of(ReportKind.Alert), SampleReports.Of(ReportKind.Alert, CheckState.Warning), SampleReports.Of(ReportKind.Recovery, CheckState.Ok),
        SampleReports.Of(ReportKind.Ack), SampleReports.Of(ReportKind.Flapping, CheckState.Warning, Phase.Start),
        SampleReports.Of(ReportKind.Flapping, CheckState.Ok, Phase.End), SampleReports.Of(ReportKind.Flapping, CheckState.Critical, Phase.End),
        SampleReports.Of(ReportKind.Downtime, CheckState.Ok, Phase.Start),
    ];

    [Fact]
    public void One_incident_is_open_at_most_and_the_end_of_what_was_announced_is_announced_once() =>
        Gen.Select(Gen.Int[0, Possible.Length - 1], Gen.Int[0, 8]).List[0, 60].Sample(
            steps =>
            {
                var all = new Dictionary<long, Incident>();
                var begun = new HashSet<long>();
                var ended = new List<long>();
                var now = SampleReports.At;
                foreach (var (which, seconds) in steps)
                {
                    now += TimeSpan.FromSeconds(seconds);
                    Announce(all, now, begun, ended);
                    Take(all, Possible[which], now, begun, ended);
                    Assert.True(all.Values.Count(one => one.IsOpen) <= 1);
                    Announce(all, now, begun, ended);
                }

                Announce(all, now + Wait, begun, ended);
                Assert.Equal(ended.Distinct().Count(), ended.Count);
                Assert.Equal(all.Values.Where(one => !one.IsOpen).Select(one => one.Number).Intersect(begun).Order(), ended.Order());
                Assert.All(all.Values.Where(one => one.IsOpen), one => Assert.Contains(one.Number, begun));
            },
            iter: 5000);

    private static void Take(Dictionary<long, Incident> all, Report report, DateTimeOffset now, HashSet<long> begun, List<long> ended)
    {
        var decision = IncidentRules.Decide(report, all.Values.SingleOrDefault(one => one.IsOpen), now);
        if (decision.After is not { } after)
        {
            return;
        }

        if (after.Number == 0)
        {
            after = after with { Number = all.Count + 1 };
        }

        all[after.Number] = (decision.Announce, decision.Reason) switch
        {
            (ChatBot.Core.Incidents.Announce.AfterWait, _) => after with { AnnounceAt = after.AnnounceAt ?? now + Wait },
            (_, Reason.Recovered) => after with { AnnounceAt = now },
            _ => after,
        };
        if (decision.Reason is Reason.AcknowledgedInMonitor or Reason.FlappingStarted)
        {
            begun.Add(after.Number);
        }

        if (decision.Reason == Reason.FlappingEnded && !after.IsOpen)
        {
            ended.Add(after.Number);
        }
    }

    private static void Announce(Dictionary<long, Incident> all, DateTimeOffset now, HashSet<long> begun, List<long> ended)
    {
        foreach (var announcement in Announcement.Due([.. all.Values.Where(one => one.AnnounceAt is not null)], now, Wait, Lines))
        {
            foreach (var incident in announcement.Incidents)
            {
                all[incident.Number] = incident;
                if (announcement.Line is null)
                {
                    continue;
                }

                if (incident.IsOpen)
                {
                    begun.Add(incident.Number);
                }
                else
                {
                    ended.Add(incident.Number);
                }
            }
        }
    }
}

using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>Makes one report of the several of a mail.</summary>
internal static class SeveralAlerts
{
    /// <summary>The gravest that names its machine leads, of those alike the last; the others are reports beside it.</summary>
    /// <param name="reports">At least one, in the order of the mail.</param>
    /// <param name="leftOut">How many alerts of the mail are in none.</param>
    public static Report Of(List<Report> reports, int leftOut)
    {
        var lead = reports.Select((report, i) => (Report: report, Place: i))
            .MinBy(one => (one.Report.IsAboutIncident ? 0 : 1, one.Report.State?.Rank() ?? int.MaxValue, -one.Place)).Report;
        return lead with { Others = reports.FindAll(report => !ReferenceEquals(report, lead)), LeftOut = leftOut };
    }
}

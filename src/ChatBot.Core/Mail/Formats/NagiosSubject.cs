using System.Text.RegularExpressions;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// What the subject of a Nagios mail says; <paramref name="IsStock"/> whether it is worded as a stock template words it.
/// </summary>
internal sealed partial record NagiosSubject(bool IsStock, string? Type, string? Host, string? Service, CheckState? State)
{
    private const string States = "OK|WARNING|CRITICAL|UNKNOWN|UP|DOWN|UNREACHABLE";
    private const int LongestRead = 2000;

    /// <summary>Whether the state stands where a template puts the present one; in words of the site's own it may be the one before.</summary>
    public bool IsStateExact { get; init; }

    private static readonly NagiosSubject Nothing = new(false, null, null, null, null);

    public static NagiosSubject Read(string subject)
    {
        if (subject.Length > LongestRead)
        {
            subject = subject[..LongestRead];
        }

        if (Starred().Match(subject) is { Success: true } starred)
        {
            return Of(true, starred, mayHaveService: starred.Groups["what"].Value != "Host") with { IsStateExact = true };
        }

        if (ConSol().Match(subject) is { Success: true } consol)
        {
            return Of(true, consol, mayHaveService: true) with { IsStateExact = true };
        }

        if (Threaded().Match(subject) is { Success: true } threaded)
        {
            return Of(false, threaded, mayHaveService: true);
        }

        if (OldHost().Match(subject) is { Success: true } old)
        {
            return Of(false, old, mayHaveService: false) with { IsStateExact = true };
        }

        return Worded().Match(subject) is { Success: true } worded ? Of(false, worded, mayHaveService: true) : Nothing;
    }

    private static NagiosSubject Of(bool isStock, Match match, bool mayHaveService)
    {
        var type = match.Groups["type"].Value;
        var (host, service) = Split(match.Groups["target"].Value, mayHaveService);
        return new NagiosSubject(
            isStock && NagiosFormat.IsType(type),
            NagiosFormat.IsType(type) ? type : null,
            host.Length > 0 ? host : null,
            service,
            Naming.State(match.Groups["state"].Value));
    }

    private static (string Host, string? Service) Split(string target, bool mayHaveService)
    {
        var slash = mayHaveService ? target.IndexOf('/', StringComparison.Ordinal) : -1;
        return slash < 0 ? (target.Trim(), null) : (target[..slash].Trim(), target[(slash + 1)..].Trim());
    }

    /// <summary>
    /// 3.x and 4.x, <c>** TYPE Service Alert: HOST/SERVICE is STATE **</c>; 1.x and 2.x services, <c>** TYPE alert - HOST/SERVICE
    /// is STATE **</c>.
    /// </summary>
    [GeneratedRegex(@"\*\* (?<type>[A-Z]+) (?:(?<what>Service|Host) Alert:|alert -) (?<target>.+) is (?<state>" + States + @")\b",
        RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex Starred();

    /// <summary>OMD of ConSol Labs, Naemon or Nagios: <c>*** TYPE *** HOST / SERVICE is STATE</c>, <c>*** TYPE *** HOST is STATE</c>.</summary>
    [GeneratedRegex(@"^\*\*\* (?<type>[A-Z]+) \*\*\* (?<target>.+) is (?<state>" + States + @")\b", RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex ConSol();

    /// <summary>notify-by-email scripts that thread: <c>TYPE: ** HOST/SERVICE ** [PROBLEM ID]</c>; the state is in the body.</summary>
    [GeneratedRegex(@"^(?<type>[A-Z]+): \*\* (?<target>[^*]+) \*\*", RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex Threaded();

    /// <summary>1.x and 2.x hosts, <c>Host STATE alert for HOST!</c>, whatever the type.</summary>
    [GeneratedRegex(@"^Host (?<state>" + States + @") alert for (?<target>.+)!",
        RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex OldHost();

    /// <summary>
    /// Home-made: the type, then the last word before the state, as in <c>[nagios] PROBLEM : machine sql DOWN</c>; believed only
    /// beside a body.
    /// </summary>
    [GeneratedRegex(@"\b(?<type>[A-Z]{6,17})\b[ :\-]+(?:[^/ ]+ )?(?<target>[^/ ]+(?:/.+)?) (?<state>" + States + @")\b",
        RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex Worded();
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Core.Text;

namespace ChatBot.Changelog;

/// <summary>Reads what <c>packaging/changelog-append</c> answers: one line, and an exit code. Whoever has the machine may answer anything.</summary>
internal static partial class SshAnswer
{
    private const int RefusedText = 65;
    private const int CannotCreate = 73;
    private const int DiskFailed = 74;
    private const int TryLater = 75;

    /// <summary>What goes to its standard input.</summary>
    public static string Input(string entry) => entry + "\n.\n";

    /// <summary>Null where it is no answer of that program, or one about another text.</summary>
    public static SshOutcome? Of(SshRun run, string entry) => run.ExitCode switch
    {
        0 when Ok().Match(run.Output) is { Success: true } ok && ok.Groups["hash"].ValueSpan.SequenceEqual(Hash(entry)) =>
            new SshOutcome.Appended(Number(ok.Groups["first"]), Number(ok.Groups["last"]), ok.Groups["file"].Value),
        RefusedText when Refused().Match(run.Output) is { Success: true } no => new SshOutcome.Refused(no.Groups["reason"].Value),
        CannotCreate or DiskFailed when NotWritten().Match(run.Output) is { Success: true } no =>
            new SshOutcome.NotWritten(no.Groups["reason"].Value, no.Groups["file"].Value),
        TryLater when Busy().Match(run.Output) is { Success: true } busy =>
            new SshOutcome.Busy(busy.Groups["program"].Value, busy.Groups["user"].Value, busy.Groups["file"].Value),
        _ => null,
    };

    private static string Hash(string entry) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry + "\n")));

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^ok (?<first>[0-9]{1,9}) (?<last>[0-9]{1,9}) (?<hash>[0-9a-f]{64}) (?<file>/[A-Za-z0-9._/+-]{1,100})\n\z", RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex Ok();

    [GeneratedRegex(@"^refused (?<reason>[a-z0-9-]{1,40})\n\z", RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex Refused();

    [GeneratedRegex(@"^(no|failed) (?<reason>[a-z0-9-]{1,40}) (?<file>/[A-Za-z0-9._/+-]{1,100})\n\z", RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex NotWritten();

    [GeneratedRegex(@"^busy (?<program>[A-Za-z0-9._?-]{1,40}) (?<user>[A-Za-z0-9._?-]{1,40}) (?<file>/[A-Za-z0-9._/+-]{1,100})\n\z", RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex Busy();
}

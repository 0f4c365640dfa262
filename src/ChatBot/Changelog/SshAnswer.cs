using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Core.Text;

namespace ChatBot.Changelog;

/// <summary>Reads what <c>packaging/changelog-append</c> answers: one line an entry, and an exit code. Whoever has the machine may answer anything.</summary>
internal static partial class SshAnswer
{
    private const int RefusedText = 65;
    private const int CannotCreate = 73;
    private const int DiskFailed = 74;
    private const int TryLater = 75;
    private const string EndOfEntry = "\n.\n";

    /// <summary>How much it reads, in bytes.</summary>
    public const int MostInput = 64 * 1024;

    /// <summary>Whether it ends with such a code; a shell or sudo that does not run it has others.</summary>
    public static bool IsExitCode(int code) => code is 0 or RefusedText or CannotCreate or DiskFailed or TryLater;

    /// <summary>What goes to its standard input.</summary>
    public static string Input(IEnumerable<string> entries) => string.Concat(entries.Select(entry => entry + EndOfEntry));

    /// <summary>The bytes of an entry in there.</summary>
    public static int Size(string entry) => Encoding.UTF8.GetByteCount(entry) + EndOfEntry.Length;

    /// <summary>Asks for the end of the file.</summary>
    public const string TailInput = "tail\n";

    /// <summary>The end of the file, or why it is not shown.</summary>
    /// <param name="run">It may have been cut off after any byte.</param>
    /// <returns>Empty where it is no answer of that program, or was cut off.</returns>
    public static IReadOnlyList<SshOutcome> OfTail(SshRun run)
    {
        var head = run.Output.IndexOf('\n') is >= 0 and var at ? run.Output[..at] : "";
        if (run.ExitCode == 0 && Tail().Match(head) is { Success: true } tail && run.Output.Length - head.Length - 1 == Number(tail.Groups["count"]))
        {
            return [new SshOutcome.Tail(long.Parse(tail.Groups["from"].ValueSpan, CultureInfo.InvariantCulture), Encoding.Latin1.GetBytes(run.Output[(head.Length + 1)..]))];
        }

        return End(run.ExitCode, head) is { } end ? [end] : [];
    }

    /// <summary>What became of the entries, in their order, up to the first that is not there or of which nothing is known.</summary>
    /// <param name="run">It may have been cut off after any byte.</param>
    /// <param name="entries">In the order in which they were sent.</param>
    /// <returns>Empty where it is no answer of that program, or one about other texts.</returns>
    public static IReadOnlyList<SshOutcome> Of(SshRun run, IReadOnlyList<string> entries)
    {
        var (outcomes, lines) = (new List<SshOutcome>(), run.Output.Split('\n')[..^1]);
        if (lines.Length > entries.Count)
        {
            return [];
        }

        foreach (var (line, entry) in lines.Zip(entries))
        {
            if (run.ExitCode != RefusedText && Ok().Match(line) is { Success: true } ok && ok.Groups["hash"].ValueSpan.SequenceEqual(Hash(entry)))
            {
                outcomes.Add(new SshOutcome.Appended(Number(ok.Groups["first"]), Number(ok.Groups["last"]), ok.Groups["file"].Value));
                continue;
            }

            if (outcomes.Count == lines.Length - 1 && End(run.ExitCode, line) is { } end)
            {
                outcomes.Add(end);
            }

            break;
        }

        return outcomes;
    }

    private static SshOutcome? End(int? code, string line) => code switch
    {
        RefusedText when Refused().Match(line) is { Success: true } no => new SshOutcome.Refused(no.Groups["reason"].Value),
        CannotCreate or DiskFailed when NotWritten().Match(line) is { Success: true } no =>
            new SshOutcome.NotWritten(no.Groups["reason"].Value, no.Groups["file"].Value),
        TryLater when Busy().Match(line) is { Success: true } busy =>
            new SshOutcome.Busy(busy.Groups["program"].Value, busy.Groups["user"].Value, busy.Groups["file"].Value),
        _ => null,
    };

    private static string Hash(string entry) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry + "\n")));

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^ok (?<first>[0-9]{1,9}) (?<last>[0-9]{1,9}) (?<hash>[0-9a-f]{64}) (?<file>/[A-Za-z0-9._/+-]{1,100})\z", RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex Ok();

    [GeneratedRegex(@"^tail (?<from>[0-9]{1,15}) (?<count>[0-9]{1,5}) /[A-Za-z0-9._/+-]{1,100}\z", RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex Tail();

    [GeneratedRegex(@"^refused (?<reason>[a-z0-9-]{1,40})\z", RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex Refused();

    [GeneratedRegex(@"^(no|failed) (?<reason>[a-z0-9-]{1,40}) (?<file>/[A-Za-z0-9._/+-]{1,100})\z", RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex NotWritten();

    [GeneratedRegex(@"^busy (?<program>[A-Za-z0-9._?-]{1,40}) (?<user>[A-Za-z0-9._?-]{1,40}) (?<file>/[A-Za-z0-9._/+-]{1,100})\z", RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex Busy();
}

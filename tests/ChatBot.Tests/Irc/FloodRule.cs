using System.Text;

namespace ChatBot.Tests.Irc;

/// <summary>
/// What a server does with a client that writes fast: it reads so many lines at once and then so many a second, and kills when more
/// than it allows is left unread, or when the sum of what lines cost, less one a second, is too high.
/// </summary>
/// <param name="Name">The server, and where the numbers come from: its package's defaults, measured, or its source.</param>
/// <param name="Burst">Lines read at once.</param>
/// <param name="PerSecond">Lines read in a second from then on.</param>
/// <param name="MostBytes">Unread; one more kills.</param>
/// <param name="MostLines">Unread; one more kills.</param>
/// <param name="MostPenalty">More kills.</param>
internal sealed record FloodRule(
    string Name, double Burst, double PerSecond, int MostBytes = int.MaxValue, int MostLines = int.MaxValue, double MostPenalty = double.MaxValue)
{
    public static readonly IReadOnlyList<FloodRule> All =
    [
        new("ngircd 26.1, measured", 3, 3),
        new("InspIRCd 3.15 with fakelag, measured", 10, 1, MostBytes: 8192),
        new("InspIRCd 3.15 without fakelag, measured", 10, 1, MostPenalty: 10),
        new("ircd-hybrid 8.2.43, measured", 5, 1, MostBytes: 2560),
        new("Ergo 2.11.1, measured", 5, 2),
        new("solanum, by its reference.conf", 5, 2, MostLines: 20),
    ];

    public override string ToString() => Name;

    /// <summary>What kills us; null where we live.</summary>
    public string? Kills(IEnumerable<(TimeSpan At, string Line)> written)
    {
        var unread = new Queue<int>();
        var (credit, penalty, last) = (Burst, 0.0, TimeSpan.Zero);
        foreach (var (at, line) in written)
        {
            var passed = (at - last).TotalSeconds;
            last = at;
            penalty = Math.Max(0, penalty - passed) + Penalty(line);
            credit += passed * PerSecond;
            for (; unread.Count > 0 && credit >= 1; credit--)
            {
                unread.Dequeue();
            }

            credit = Math.Min(credit, Burst);
            if (credit >= 1)
            {
                credit--;
            }
            else
            {
                unread.Enqueue(Encoding.UTF8.GetByteCount(line) + 2);
            }

            if (unread.Sum() > MostBytes || unread.Count > MostLines || penalty > MostPenalty)
            {
                return $"{at}: {unread.Sum()} bytes and {unread.Count} lines unread, penalty {penalty}, at {line}";
            }
        }
        return null;
    }

    // The penalties of InspIRCd's modules, in seconds.
    private static double Penalty(string line) => line.Split(' ').SkipWhile(word => word[0] == '@').First() switch
    {
        "JOIN" or "WHOIS" or "WHO" or "TOPIC" or "MONITOR" => 2,
        "PART" => 5,
        "INVITE" => 4,
        _ => 1,
    };
}

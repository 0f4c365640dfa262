using ChatBot.Core.Incidents;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>What is open, as far as it is shown, and the rest counted: of ten thousand the first ten are read.</summary>
internal static class OpenStore
{
    // As IncidentText.WorstFirst.
    private const string Rank = "CASE state WHEN 'DOWN' THEN 0 WHEN 'UNREACHABLE' THEN 1 WHEN 'CRITICAL' THEN 2 WHEN 'WARNING' THEN 3 WHEN 'UNKNOWN' THEN 4 ELSE 5 END";
    private const string WorstFirst = $"{Rank}, opened_at DESC, number DESC";

    private const string IsInhibited = "suppressed_by IN ('inhibited', 'overloaded') AND inhibited_by IS NOT NULL";
    private const string IsAlone = "(suppressed_by IS NULL OR suppressed_by NOT IN ('inhibited', 'overloaded') OR inhibited_by IS NULL)";
    private const string IsHeard = "(for_root = 0 OR @ForRoot = 1)";
    private const string Causes = $"SELECT inhibited_by FROM incident WHERE closed_at IS NULL AND {IsInhibited} AND {IsHeard}";

    public static Task<long> CountAsync(StoreTransaction transaction) =>
        transaction.Connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM incident WHERE closed_at IS NULL", transaction: transaction.Transaction);

    /// <summary>The machines with open incidents, that with the worst one first, and of those alike that with the newest.</summary>
    public static async Task<IReadOnlyList<OpenMachine>> MachinesAsync(StoreTransaction transaction, Audience audience) =>
        (await transaction.Connection.QueryAsync<MachineRow>(
            $"""
            SELECT machine, MIN(for_root) AS for_root, COUNT(*) AS open, MAX(number) AS newest, MIN({Rank} * 100000000000000 - opened_at) AS worst
            FROM incident WHERE closed_at IS NULL AND {IsHeard} GROUP BY machine
            """,
            new { ForRoot = audience == Audience.Root ? 1L : 0L },
            transaction.Transaction))
        .OrderBy(row => row.Worst).ThenByDescending(row => row.Newest)
        .Select(row => new OpenMachine(Name.OfMachine(row.Machine, row.ForRoot != 0), row.Open)).ToList();

    /// <summary>The first of <see cref="IncidentText.CauseFirst"/>, and of each the first of those that it inhibits.</summary>
    /// <param name="transaction">The connection.</param>
    /// <param name="audience">Who hears of them.</param>
    /// <param name="most">So many causes.</param>
    /// <param name="mostInhibited">So many of each.</param>
    public static async Task<OpenCauses> CausesAsync(StoreTransaction transaction, Audience audience, int most, int mostInhibited)
    {
        var forRoot = audience == Audience.Root ? 1L : 0L;
        var first = new List<CauseAndInhibited>();
        foreach (var cause in await FirstAsync($"{IsAlone} AND number IN ({Causes})"))
        {
            var inhibited = IncidentStore.Read(await transaction.Connection.QueryAsync<IncidentRow>(
                $"""
                SELECT {IncidentStore.Columns} FROM incident WHERE inhibited_by = @Cause AND closed_at IS NULL AND {IsInhibited} AND {IsHeard}
                ORDER BY {WorstFirst} LIMIT @Most
                """,
                new { Cause = cause.Number, ForRoot = forRoot, Most = (long)mostInhibited },
                transaction.Transaction));
            var count = await transaction.Connection.ExecuteScalarAsync<long>(
                $"SELECT COUNT(*) FROM incident WHERE inhibited_by = @Cause AND closed_at IS NULL AND {IsInhibited} AND {IsHeard}",
                new { Cause = cause.Number, ForRoot = forRoot },
                transaction.Transaction);
            first.Add(new CauseAndInhibited(cause, inhibited) { Count = count });
        }

        await AddAsync($"{IsAlone} AND number NOT IN ({Causes})");
        await AddAsync(
            $"""
            {IsInhibited} AND inhibited_by NOT IN (
                SELECT number FROM incident WHERE closed_at IS NULL AND {IsAlone} AND {IsHeard} AND number IN ({Causes}))
            """);
        var all = await CountAsync(transaction);
        var heard = forRoot == 1 ? all : await transaction.Connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM incident WHERE closed_at IS NULL AND for_root = 0", transaction: transaction.Transaction);
        return new OpenCauses(first, heard, all);

        async Task AddAsync(string which)
        {
            if (first.Count < most)
            {
                first.AddRange((await FirstAsync(which)).Take(most - first.Count).Select(one => new CauseAndInhibited(one, [])));
            }
        }

        async Task<List<Incident>> FirstAsync(string which) => IncidentStore.Read(await transaction.Connection.QueryAsync<IncidentRow>(
            $"SELECT {IncidentStore.Columns} FROM incident WHERE closed_at IS NULL AND {IsHeard} AND {which} ORDER BY {WorstFirst} LIMIT @Most",
            new { ForRoot = forRoot, Most = (long)most },
            transaction.Transaction));
    }

    /// <summary>The number of the first of <see cref="IncidentText.CauseFirst"/> that somebody is to acknowledge; null where nobody is.</summary>
    public static Task<long?> WaitingAsync(StoreTransaction transaction) => transaction.Connection.ExecuteScalarAsync<long?>(
        $"""
        SELECT number FROM incident WHERE closed_at IS NULL AND acknowledged_at + 0 IS NULL AND suppressed_by IS NULL
        ORDER BY CASE WHEN number IN ({Causes}) THEN 0 ELSE 1 END, {WorstFirst} LIMIT 1
        """,
        new { ForRoot = 1L },
        transaction.Transaction);

    internal sealed class MachineRow
    {
        public string Machine { get; init; } = "";

        [DbValue(Name = "for_root")]
        public long ForRoot { get; init; }

        public long Open { get; init; }

        public long Newest { get; init; }

        public long Worst { get; init; }
    }
}

namespace ChatBot.Storage;

/// <summary>What is always true of a store, beyond what its schema says.</summary>
/// <param name="Count">Counts what breaks it.</param>
/// <param name="Fault">What that means, of so many.</param>
internal sealed record StoreRule(string Count, Func<long, string> Fault)
{
    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new(
            """
            SELECT COUNT(*) FROM incident
            WHERE closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM incident_event WHERE incident_event.incident = incident.number)
            """,
            count => $"open incidents without a step in their history: {count}"),
        new(
            "SELECT COUNT(*) FROM incident WHERE closed_at IS NULL AND acknowledged_at + 0 IS NOT NULL AND acknowledged_until IS NULL",
            count => $"acknowledgements without an end: {count}"),
        new(
            "SELECT COUNT(*) FROM (SELECT 1 FROM incident WHERE closed_at IS NULL GROUP BY machine, service, part HAVING COUNT(*) > 1) several",
            count => $"checks with several open incidents: {count}"),
        new(
            "SELECT COUNT(*) FROM outbox WHERE done_at IS NULL AND kind NOT IN ('line', 'changelog', 'monitor', 'mail')",
            count => $"rows of the outbox of a kind that nothing delivers: {count}"),
    ];

    /// <summary>What breaks a rule, in words, and how many rows each table has.</summary>
    public static async Task<StoreFindings> FindingsAsync(StoreEnd store, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var rule in All)
        {
            if (await store.NumberAsync(rule.Count, cancellationToken) is > 0 and var broken)
            {
                faults.Add(rule.Fault(broken));
            }
        }

        var rows = new List<TableRows>();
        foreach (var table in (await store.TablesAsync(cancellationToken)).OrderBy(table => table.Name, StringComparer.Ordinal))
        {
            rows.Add(new TableRows(table.Name, await store.CountAsync(table, cancellationToken)));
            if (table.Numbered is not null && await store.LastNumberAsync(table, cancellationToken) < await store.GreatestNumberAsync(table, cancellationToken))
            {
                faults.Add($"a number of {table.Name} would be given again, out of its order");
            }
        }

        return new StoreFindings(faults, rows);
    }
}

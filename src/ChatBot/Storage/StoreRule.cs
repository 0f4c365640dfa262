namespace ChatBot.Storage;

/// <summary>What is always true of a store, beyond what its schema says.</summary>
/// <param name="Count">Counts what breaks it.</param>
/// <param name="Fault">What that means, of so many.</param>
internal sealed record StoreRule(string Count, Func<long, string> Fault)
{
    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("SELECT COUNT(*) FROM pragma_foreign_key_check", count => $"{count} rows name a row that is not there"),
        new(
            """
            SELECT COUNT(*) FROM incident
            WHERE closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM incident_event WHERE incident_event.incident = incident.number)
            """,
            count => $"{count} open incidents have no step in their history"),
        new(
            "SELECT COUNT(*) FROM incident WHERE closed_at IS NULL AND acknowledged_at + 0 IS NOT NULL AND acknowledged_until IS NULL",
            count => $"{count} acknowledgements have no end"),
        new(
            "SELECT COUNT(*) FROM (SELECT 1 FROM incident WHERE closed_at IS NULL GROUP BY machine, service, part HAVING COUNT(*) > 1)",
            count => $"{count} checks have several open incidents"),
        new(
            "SELECT COUNT(*) FROM sqlite_sequence WHERE name = 'incident' AND seq < (SELECT COALESCE(MAX(number), 0) FROM incident)",
            _ => "a number of an incident would be given again"),
        new(
            "SELECT COUNT(*) FROM outbox WHERE done_at IS NULL AND kind NOT IN ('line', 'changelog', 'monitor', 'mail')",
            count => $"{count} rows of the outbox are of a kind that nothing delivers"),
    ];
}

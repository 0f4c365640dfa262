namespace ChatBot.Storage;

/// <summary>What is always true of a store, beyond what its schema says.</summary>
/// <param name="Count">Counts what breaks it.</param>
/// <param name="Fault">What that means, of so many.</param>
internal sealed record StoreRule(string Count, Func<long, string> Fault)
{
    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("SELECT COUNT(*) FROM pragma_foreign_key_check", count => $"rows that name a row that is not there: {count}"),
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
            "SELECT COUNT(*) FROM (SELECT 1 FROM incident WHERE closed_at IS NULL GROUP BY machine, service, part HAVING COUNT(*) > 1)",
            count => $"checks with several open incidents: {count}"),
        new(
            "SELECT COUNT(*) FROM sqlite_sequence WHERE name = 'incident' AND seq < (SELECT COALESCE(MAX(number), 0) FROM incident)",
            _ => "a number of an incident would be given again"),
        new(
            "SELECT COUNT(*) FROM outbox WHERE done_at IS NULL AND kind NOT IN ('line', 'changelog', 'monitor', 'mail')",
            count => $"rows of the outbox of a kind that nothing delivers: {count}"),
    ];
}

namespace ChatBot.Storage;

/// <summary>What the steps of an incident add up to, in SQL over rows of <c>incident_event</c> named <c>e</c>.</summary>
internal static class PastCounts
{
    public const string Notifications =
        """
        SUM(CASE WHEN e.reason IN ('opened', 'repeated', 'changed', 'changed-before-announced', 'while-flapping', 'flapping-started', 'muted',
            'during-intervention', 'found-in-monitor')
            OR (e.reason = 'imported' AND e.state NOT IN ('OK', 'UP')) THEN 1 ELSE 0 END)
        """;

    public const string Changes = "SUM(CASE WHEN e.reason IN ('changed', 'changed-before-announced', 'while-flapping') THEN 1 ELSE 0 END)";

    public const string Acknowledgements = "SUM(CASE WHEN e.reason IN ('acknowledged', 'acknowledged-in-monitor') THEN 1 ELSE 0 END)";

    public const string Flappings = "SUM(CASE WHEN e.reason = 'flapping-started' THEN 1 ELSE 0 END)";

    public const string Downs = "SUM(CASE WHEN e.state IN ('DOWN', 'UNREACHABLE') THEN 1 ELSE 0 END)";
}

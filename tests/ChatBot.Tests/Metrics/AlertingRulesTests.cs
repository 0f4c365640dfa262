using System.Text.RegularExpressions;
using ChatBot.Tests.Configuration;
using Xunit;

namespace ChatBot.Tests.Metrics;

/// <summary>The rules for Prometheus that come with the bot, which <c>promtool check rules</c> accepts.</summary>
public sealed partial class AlertingRulesTests
{
    private static readonly string Rules = Path.Combine(Repository.Root, "packaging", "prometheus", "chatbot.rules.yml");

    [Fact]
    public void They_ask_for_nothing_that_the_bot_does_not_show()
    {
        var shown = Documented().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "metrics.md")))
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value, StringComparer.Ordinal);
        var asked = File.ReadLines(Rules).Where(line => line.Contains("expr:", StringComparison.Ordinal))
            .SelectMany(line => Metric().Matches(line)).ToList();

        Assert.True(asked.Count > 10);
        Assert.All(asked, metric =>
        {
            var name = metric.Groups[1].Value;
            Assert.True(shown.TryGetValue(name, out var labels), $"docs/metrics.md has no {name}");
            Assert.All(
                Label().Matches(metric.Groups[2].Value).Select(label => label.Groups[1].Value),
                label => Assert.True(label is "job" || labels!.Contains($"`{label}`", StringComparison.Ordinal), $"{name} has no label {label}"));
        });
    }

    [Fact]
    public void Each_says_how_grave_it_is_and_what_it_means()
    {
        var rules = File.ReadAllText(Rules).Split("- alert: ")[1..];
        Assert.All(rules, rule => Assert.Matches(@"\A\w+\n +expr: .+\n( +for: \d+[mh]\n)? +labels: \{severity: (critical|warning)\}\n +annotations:\n +summary: "".+\.""\n", rule));
        Assert.Distinct(rules.Select(rule => rule.Split('\n')[0]));
    }

    [GeneratedRegex(@"^\| `(\w+)` \| \w+ \|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Documented();

    // A histogram shows more than its name.
    [GeneratedRegex(@"\b((?:chatbot|process)_\w+?)(?:_bucket|_sum|_count)?(?:\{([^}]*)\})?(?=[\[ )]|$)")]
    private static partial Regex Metric();

    [GeneratedRegex(@"(\w+)!?[=~]")]
    private static partial Regex Label();
}

using ChatBot.Core.Incidents;
using ChatBot.Core.Mail;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>The words in the store are a contract with older and newer versions of the bot.</summary>
public class StoredWordsTests
{
    private static readonly string[] Frozen =
    [
        "opened", "repeated", "changed", "changed-before-announced", "recovered", "recovered-before-announced", "nothing-open",
        "acknowledged-in-monitor", "already-acknowledged", "flapping-started", "flapping-ended", "while-flapping", "downtime",
        "acknowledged", "unacknowledged", "acknowledgement-expired", "announced", "muted", "during-intervention", "inhibited",
        "overloaded", "inhibition-ended", "waits-for-others", "reminded", "unwatched", "found-in-monitor", "changed-in-monitor",
        "gone-in-monitor", "imported", "ambiguous-recovery", "out-of-order", "fell-silent", "reported-again", "closed-by-a-person", "unreadable",
    ];

    [Fact]
    public void Words_of_reasons_never_change() => Assert.Equal(Frozen, Enum.GetValues<Reason>().Select(reason => reason.Word()));

    [Fact]
    public void Words_of_suppressions_never_change() => Assert.Equal(
        ["muted", "intervention", "inhibited", "overloaded"], Enum.GetValues<Suppression>().Select(one => one.Word()));

    [Fact]
    public void Every_word_is_read_again()
    {
        Assert.All(Enum.GetValues<Reason>(), reason => Assert.Equal(reason, Reasons.Parse(reason.Word())));
        Assert.All(Enum.GetValues<Suppression>(), one => Assert.Equal(one, Reasons.ParseSuppression(one.Word())));
    }

    [Fact]
    public void Words_of_verdicts_never_change() => Assert.Equal(
        [
            "closed-mailbox", "local-submission", "our-network", "authenticated-domain", "signed-domain", "ambiguous-headers",
            "no-trusted-received", "signature-invalid", "signature-not-whole", "signature-unchecked", "date-far-off",
            "signature-out-of-time", "wrong-place", "sender-not-trusted", "speaks-for-another",
        ],
        Enum.GetValues<Verdict>().Select(verdict => verdict.Word()));

    [Fact]
    public void A_verdict_is_read_by_its_word_and_by_the_name_that_earlier_versions_stored() => Assert.All(
        Enum.GetValues<Verdict>(),
        verdict => Assert.Equal((verdict, verdict), (Verdicts.Parse(verdict.Word()), Verdicts.Parse(verdict.ToString()))));

    [Theory]
    [InlineData("NoTrustedReceived", "il ne vient ni de notre serveur de mail ni de nos réseaux")]
    [InlineData("no-trusted-received", "il ne vient ni de notre serveur de mail ni de nos réseaux")]
    [InlineData("closed-mailbox", "pour une raison que cette version ne connaît pas")]
    [InlineData("from-the-future", "pour une raison que cette version ne connaît pas")]
    public async Task Mails_that_another_version_counted_as_refused_are_announced(string word, string reason)
    {
        await using var engine = await Engine.StartAsync();
        await engine.Database.WriteAsync(
            transaction => SettingStore.SetAsync(transaction, "refused-mails", $"-1 7 {word} hal"), CancellationToken.None);
        await engine.PassAsync(TimeSpan.FromSeconds(1));
        var line = Assert.Single(await engine.RootAsync());
        Assert.Contains("(7 dans l'heure)", line, StringComparison.Ordinal);
        Assert.Contains(reason, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_a_later_version_do_not_end_the_bot_and_the_incident_is_announced()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await engine.PassAsync(TimeSpan.FromSeconds(6));
        await engine.Database.WriteAsync(
            async transaction =>
            {
                await Sql.RunAsync(transaction.Connection, "UPDATE incident_event SET reason = 'from-the-future'", transaction.Transaction);
                await Sql.RunAsync(transaction.Connection, "UPDATE incident SET suppressed_by = 'from-the-future'", transaction.Transaction);
            },
            CancellationToken.None);

        Assert.All(await engine.Incidents.StoryAsync(1, CancellationToken.None), step => Assert.Equal(Reason.Unreadable, step.Reason));
        Assert.Null((await engine.Incidents.FindAsync(1, CancellationToken.None))!.SuppressedBy);
        Assert.Equal(
            ["from-the-future"],
            await engine.Database.ReadAsync(IncidentStore.UnknownWordsAsync, CancellationToken.None));
        await engine.TakeAsync(Nagios.Recovery("hal", "POP3"));
        await engine.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Contains(await engine.PublicAsync(), line => line.Contains("OK", StringComparison.Ordinal));
    }
}

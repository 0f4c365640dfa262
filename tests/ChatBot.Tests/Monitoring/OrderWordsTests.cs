using ChatBot.Core.Monitoring;
using Xunit;

namespace ChatBot.Tests.Monitoring;

public sealed class OrderWordsTests
{
    // Stores contain these words: a member may be renamed or added, a word here never changes.
    [Fact]
    public void The_words_in_the_store_are_these_for_ever()
    {
        Assert.Equal(
            "already-well unknown-to-monitor cannot-be-named incident-ended superseded too-late",
            string.Join(' ', Enum.GetValues<OrderOutcome>().Where(outcome => outcome != OrderOutcome.Shown && new OrderStep(outcome).IsEnd).Select(outcome => outcome.Word())));
        Assert.Equal(
            "command-file-missing nobody-reads not-a-fifo full may-not-write status-missing may-not-read status-unreadable status-stale "
            + "no-answer not-trusted wrong-password not-permitted answer-unreadable not-confirmed",
            string.Join(' ', Enum.GetValues<MonitorTrouble>().Select(trouble => trouble.Word())));
    }
}

using System.Text;
using ChatBot.Core.Mail.Formats;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>Whatever is done to a mail, every format answers, and within a time that grows no faster than the mail.</summary>
public sealed class FormatBoundsTests
{
    private static readonly string[] Poison =
    [
        "a", " ", "<", "[", "]", ":", " : ", " is ", " on ", "=", "-", "0", "@", "\n", "/x:\n", ": (", " FOUND\n", "> ", "Labels\n", "[firing] ",
        "Warning:\n", "error 0 ", "é", "\u00a0", " ; ", "|", " :: ", " failures)\n", "=-=-\n", "** ",
    ];

    [Fact]
    public void No_format_throws_on_a_mutilated_mail() =>
        Gen.Select(Gen.Int[0, Sample.All.Count - 1], Gen.Int[0, 4000], Gen.Int[0, 400], Gen.Int[0, Poison.Length - 1], Gen.Int[0, 5]).Sample(
            (index, at, length, poison, times) =>
            {
                var mail = Sample.All[index].Mail;
                var inserted = string.Concat(Enumerable.Repeat(Poison[poison], times));
                Answer(mail with { Text = Cut(mail.Text, at, length, inserted) });
                Answer(mail with { Subject = Cut(mail.Subject, at % (mail.Subject.Length + 1), length % 12, inserted) });
                Answer(mail with { FromAddress = null, Date = null, Received = [], Headers = [] });
            },
            iter: 3000);

    [Fact]
    public void The_worst_bodies_and_subjects_are_read_in_time_that_grows_with_their_length()
    {
        foreach (var sample in Sample.All.DistinctBy(sample => sample.Text("source")))
        {
            foreach (var text in Poison)
            {
                var body = string.Concat(Enumerable.Repeat(text, 256 * 1024 / text.Length));
                var started = ThreadTime.Spent();
                Answer(sample.Mail with { Text = sample.Mail.Text + body });
                Answer(sample.Mail with { Subject = sample.Mail.Subject + body[..16_000] });
                Answer(sample.Mail with { Subject = body[..16_000] + sample.Mail.Subject });
                // A hundred times what it takes, and far below what a square of the length would.
                Assert.True(ThreadTime.Spent() - started < TimeSpan.FromSeconds(4), $"{sample.Name} with “{text}”");
            }
        }
    }

    private static void Answer(ChatBot.Core.Mail.Mail mail)
    {
        foreach (var format in Classifier.Formats)
        {
            format.Recognise(mail, Sample.Inventory);
        }

        Assert.NotNull(Classifier.Classify(mail, Sample.Inventory));
    }

    private static string Cut(string text, int at, int length, string inserted)
    {
        at = Math.Min(at, text.Length);
        return new StringBuilder(text).Remove(at, Math.Min(length, text.Length - at)).Insert(at, inserted).ToString();
    }
}

using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using ChatBot.Mail;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>What people wrote themselves in answers, of all that stands in them.</summary>
public sealed class ReplyTextTests
{
    public static TheoryData<string> Names => [.. Sample.Replies.Select(sample => sample.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Of_an_answer_only_what_its_author_wrote_is_read(string name)
    {
        var sample = Sample.Replies.Single(one => one.Name == name);
        foreach (var lineEnd in (string[])["\n", "\r\n"])
        {
            Assert.Equal(sample.Strings("lines"), Read(sample.With(lineEnd)));
        }

        Assert.Equal(ReportKind.Human, Classifier.Classify(sample.Mail, Sample.Inventory).Kind);
    }

    [Theory]
    [InlineData("ack 2h\n-- \nlunar", "ack 2h")]
    [InlineData("ack 2h\n\nAm 22.11.2026 um 21:10 schrieb nagios:\n\nack 1", "ack 2h")]
    [InlineData("ack 2h\n\nEl dom, 22 nov 2026 a las 21:10, nagios (<x@y>) escribió:\nack 1", "ack 2h")]
    [InlineData("ack 2h\n\n-----Original Message-----\nFrom: x\n\nack 1", "ack 2h")]
    [InlineData("ack 2h\n\n---------- Forwarded message ---------\nack 1", "ack 2h")]
    [InlineData("ack 2h\n\nnagios wrote:\nack 1", "ack 2h")]
    [InlineData("ack 2h\n\nFrom: nagios\nDate: Sunday\nTo: root\nSubject: x\n\nack 1", "ack 2h")]
    [InlineData("\ufeffack 2h\u00a0\n\n>ack 1", "ack 2h")]
    [InlineData("* nagios [2026-11-22]:\n> x\n\nack 2h", "ack 2h")]
    [InlineData("ack 1 30d pas moi\nle vingt-deux a écrit :\n> x", "")]
    [InlineData("ack 1 30d pas moi <x@y>:\n> x", "")]
    [InlineData("ack 1 30d pas moi\n<x@y> wrote:\n> x\n\nack 2h", "ack 2h")]
    [InlineData("> x\nack 1", "")]
    [InlineData("Le 22/11/2026, nagios a écrit :\n\nack 1\n> x\n\nack 1", "")]
    [InlineData("", "")]
    [InlineData("> x\n> y", "")]
    public void A_line_of_which_it_is_unclear_who_wrote_it_is_nobody_s(string text, string own) =>
        Assert.Equal(own, string.Join('\n', ReplyText.Read(text, mayStandBelow: true).Lines));

    [Theory]
    [InlineData("Je m'en occupe, je redémarre. Merci.", "Je m'en occupe, je redémarre")]
    [InlineData("Je regarde\nla file !\n\nAutre chose.", "Je regarde la file !")]
    [InlineData("\n\nversion 2.3 en cours", "version 2.3 en cours")]
    [InlineData("", "")]
    public void The_first_sentence_ends_with_its_full_stop_or_paragraph(string text, string sentence) =>
        Assert.Equal(sentence, ReplyText.FirstSentence(text.Split('\n'), 200));

    [Fact]
    public void HTML_that_hides_or_closes_its_quotation_is_not_read_below_it()
    {
        foreach (var html in (string[])
        [
            "<div>ack 2h</div><blockquote></blockquote><div>ack 1</div>", "ack 2h<br><blockquote>x</blockquote></blockquote>ack 1", "ack 2h<hr id=zwchr>ack 1",
            "ack 2h<style>ack 1</style><div class='gmail_quote'>ack 1", "<script>ack 1</script>ack&#10;2h<blockquote>ack 1",
        ])
        {
            Assert.Equal("ack 2h", string.Join('\n', ReplyText.Read(ReplyHtml.Above(html), mayStandBelow: false).Lines));
        }
    }

    [Theory]
    [InlineData("<div hidden>ack 1</div>")]
    [InlineData("<div HIDDEN=''>x<div>y</div>ack 1</div>")]
    [InlineData("<span style='display:none'>ack 1</span>")]
    [InlineData("<span style='color:red; DISPLAY : None !important'>ack 1<br>x</span>")]
    [InlineData("<p style='dis/**/play:block;visibility:\thidden'>ack 1</p>")]
    [InlineData("<div style='display:/* */none'>ack 1</div>")]
    [InlineData("<div style='opacity: 0'>ack 1</div>")]
    [InlineData("<div style='opacity:0.0;'>ack 1</div>")]
    [InlineData("<div style='opacity:0%'>ack 1</div>")]
    [InlineData("<div style='FONT-SIZE:0px'>ack 1</div>")]
    [InlineData("<div style='font-size: 0'><p>ack 1</p></div>")]
    [InlineData("<table style='font-size:0.0em'><tr><td>ack 1</td></tr></table>")]
    [InlineData("<div hidden><img><br>x<hr></img></br>ack 1</div>")]
    [InlineData("<div hidden><span>ack 1</div>")]
    [InlineData("<div hidden/>ack 1</div>")]
    [InlineData("<p hidden>ack 1<p>ack 1</p></p>")]
    [InlineData("<div hidden><table><tr><td></div>ack 1</td></tr></table></div>")]
    [InlineData("<div hidden></span></p>ack 1</div>")]
    [InlineData("<div style='display:n\\6fne'>ack 1</div>")]
    [InlineData("<div style='opacity:-1'>ack 1</div>")]
    public void HTML_that_nobody_sees_was_not_written_by_the_author(string html) =>
        Assert.Equal("ack 2h", string.Join('\n', ReplyText.Read(ReplyHtml.Above(html + "<div>ack 2h</div>"), mayStandBelow: false).Lines));

    [Theory]
    [InlineData("<div style='font-size:0.9em;opacity:0.5;display:block'>ack 2h</div>")]
    [InlineData("<br hidden>ack 2h")]
    [InlineData("<img style='display:none'>ack 2h")]
    [InlineData("<img style='display:none' />ack 2h")]
    [InlineData("<div class='hidden' style='font-size:10px'>ack 2h</div>")]
    public void HTML_that_is_seen_is_read(string html) =>
        Assert.Equal("ack 2h", string.Join('\n', ReplyText.Read(ReplyHtml.Above(html), mayStandBelow: false).Lines));

    [Fact]
    public void A_very_long_text_is_read_in_little_time_whatever_stands_in_it()
    {
        foreach (var text in (string[])[new('>', 500_000), string.Concat(Enumerable.Repeat("Le a écrit\n", 50_000)), string.Concat(Enumerable.Repeat("On ", 200_000)), string.Concat(Enumerable.Repeat("De : x\n", 50_000)), new('-', 300_000), string.Concat(Enumerable.Repeat("a:\n\n", 100_000))])
        {
            ReplyText.Read(text, mayStandBelow: true);
        }

        foreach (var html in (string[])["<b hidden>" + string.Concat(Enumerable.Repeat("<a></b>", 100_000)), string.Concat(Enumerable.Repeat("<p hidden></i>", 70_000)), $"<p style='{new('0', 500_000)}'>", $"<p style='opacity:{new('0', 500_000)}x'>", $"<p style='{string.Concat(Enumerable.Repeat("/*", 250_000))}'>"])
        {
            ReplyHtml.Above(html);
        }
    }

    private static IEnumerable<string> Read(byte[] bytes)
    {
        using var stream = new MemoryStream(MailBounds.Apply(bytes).Bytes.ToArray());
        using var message = MailParser.Parse(stream);
        return ReplyBody.Read(message.Body, areContentFieldsSigned: true)!.Lines;
    }
}

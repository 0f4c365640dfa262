using ChatBot.Core.Mail;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class MailIdsTests
{
    [Theory]
    [InlineData("<a@b>", "<a@b>")]
    [InlineData(" <a@b> <c@d>", "<a@b>")]
    [InlineData("<a@b", null), InlineData("a@b", null), InlineData("<ab>", null), InlineData("<a @b>", null), InlineData("<a@b\r\nBcc: x>", null), InlineData("<é@b>", null), InlineData("<<a@b>", null), InlineData(null, null), InlineData("", null)]
    public void An_identifier_of_somebody_else_is_repeated_only_where_it_is_one(string? field, string? read) => Assert.Equal(read, MailIds.Read(field));

    [Fact]
    public void A_long_identifier_is_not_repeated() => Assert.Null(MailIds.Read($"<{new string('a', 300)}@b>"));

    [Theory]
    [InlineData("<incident-42.abc.chatbot@globenet.org>", 42L)]
    [InlineData("<incident-42.abd.chatbot@globenet.org>", null)]
    [InlineData("<incident-42.abc@globenet.org>", null)]
    [InlineData("<incident--42.abc.chatbot@globenet.org>", null)]
    [InlineData("<incident-99999999999999999999.abc.chatbot@globenet.org>", null)]
    [InlineData("<1.2.chatbot@globenet.org>", null)]
    public void The_thread_of_an_incident_is_known_by_its_identifier(string id, long? number) => Assert.Equal(number, MailIds.IncidentOf(id, "abc"));
}

using ChatBot.Core.Newcomers;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Newcomers;

public sealed class MentionTests
{
    [Theory]
    [InlineData("marie", "marie: bonjour", true)]
    [InlineData("marie", "@Marie, bonjour", true)]
    [InlineData("marie", "bienvenue à marie", true)]
    [InlineData("marie", "mariette et marie", true)]
    [InlineData("marie", "mariette", false)]
    [InlineData("marie", "marie-claude", false)]
    [InlineData("marie", "rosemarie", false)]
    [InlineData("marie", "marie_", false)]
    [InlineData("marie", "mariée", false)]
    [InlineData("[m]", "salut [m] !", true)]
    [InlineData("m", "", false)]
    [InlineData("", "bonjour", false)]
    public void A_nick_is_a_word(string nick, string text, bool expected) => Assert.Equal(expected, Mention.Of(nick, text, CaseMapping.Rfc1459));
}

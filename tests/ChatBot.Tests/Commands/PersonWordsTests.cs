using ChatBot.Core.Machines;
using ChatBot.Core.People;
using Xunit;

namespace ChatBot.Tests.Commands;

public sealed class PersonWordsTests
{
    [Theory]
    [InlineData("avec lunar, puis Lunar", "avec quelqu'un, puis quelqu'un")]
    [InlineData("lunar@globenet.org a écrit", "quelqu'un a écrit")]
    [InlineData("/home/lunar/x lunar-pc", "/home/quelqu'un/x quelqu'un-pc")]
    [InlineData("lunaire, lunar2, clunar, lunar_x, lunaré", "lunaire, lunar2, clunar, lunar_x, lunaré")]
    [InlineData("lunarlunar lunar", "lunarlunar quelqu'un")]
    [InlineData("lunar", "quelqu'un")]
    [InlineData("ZOÉ et zoé", "quelqu'un et quelqu'un")]
    [InlineData("", "")]
    public void Whole_words_alone_are_replaced(string text, string expected) =>
        Assert.Equal(expected, new PersonWords(["lunar", "lunar@globenet.org", "zoé", ""]).Without(text, "quelqu'un"));

    [Fact]
    public void A_word_that_stands_in_its_own_replacement_ends() =>
        Assert.Equal("some body some body", new PersonWords(["body"]).Without("body body", "some body"));

    [Fact]
    public void Names_of_machines_and_services_name_no_person()
    {
        var inventory = new Inventory([new Machine { Name = "web", Names = ["www"], Services = ["POP3"] }]);
        var person = new Person { Name = "Web", Accounts = ["pop3", "webmaster"], Mail = ["www"] };

        Assert.Equal(["webmaster"], PersonWords.Of(person, inventory).Words);
    }
}

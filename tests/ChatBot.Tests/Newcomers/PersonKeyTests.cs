using ChatBot.Core.Newcomers;
using Xunit;

namespace ChatBot.Tests.Newcomers;

public sealed class PersonKeyTests
{
    private static readonly byte[] Secret = [1, 2, 3];

    [Fact]
    public void An_account_and_a_host_are_one_key_each_whatever_the_nick_case_or_identd()
    {
        var one = PersonKey.Hashes("marie", "~m", "Client.example.net", "Marie", Secret);
        var two = PersonKey.Hashes("mimi", "m", "client.example.net", "marie", Secret);

        Assert.Equal(2, one.Count);
        Assert.Equal(one, two);
        Assert.All(one, hash => Assert.Matches("^[0-9a-f]{64}$", hash));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("0")]
    public void No_account_is_no_key(string? account) =>
        Assert.Equal(PersonKey.Hashes("a", "u", "h", null, Secret), PersonKey.Hashes("b", "u", "h", account, Secret));

    [Fact]
    public void A_nick_counts_only_where_there_is_nothing_else()
    {
        Assert.Equal(PersonKey.Hashes("Marie", null, "", null, Secret), PersonKey.Hashes("marie", "u", null, "*", Secret));
        Assert.NotEqual(PersonKey.Hashes("a", null, null, null, Secret), PersonKey.Hashes("b", null, null, null, Secret));
        Assert.Equal(PersonKey.Hashes("a", null, null, "x", Secret), PersonKey.Hashes("b", null, null, "x", Secret));
    }

    [Fact]
    public void Another_secret_makes_other_hashes() =>
        Assert.NotEqual(PersonKey.Hashes("a", "u", "h", null, Secret), PersonKey.Hashes("a", "u", "h", null, [4]));

    [Fact]
    public void An_account_is_never_mistaken_for_a_host() =>
        Assert.Empty(PersonKey.Hashes("a", null, null, "u@h", Secret).Intersect(PersonKey.Hashes("a", "u", "h", null, Secret)));
}

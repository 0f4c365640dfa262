using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Text;

public sealed class UnlimitedTextTests
{
    [Fact]
    public void Text_without_a_limit_is_cleaned_and_kept_whole()
    {
        var text = string.Concat(Enumerable.Repeat("déjà vu ", 500));

        Assert.Equal(text.TrimEnd(), Cleaner.Clean(text, int.MaxValue));
    }
}

using ChatBot.Mail;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class DkimPublicKeysTests
{
    [Fact]
    public void A_key_is_read_once_however_often_strangers_name_it()
    {
        var keys = new DkimPublicKeys();
        var record = DkimMail.Record();
        var key = keys.Of(record);
        Assert.NotNull(key);
        Assert.Same(key, keys.Of(new string(record)));
        Assert.Null(keys.Of("v=DKIM1; p=eA=="));
        for (var i = 0; i <= DkimPublicKeys.MostKept; i++)
        {
            Assert.NotNull(keys.Of(DkimMail.Record("ed25519", $" n={i};")));
        }

        Assert.NotSame(key, keys.Of(record));
    }
}

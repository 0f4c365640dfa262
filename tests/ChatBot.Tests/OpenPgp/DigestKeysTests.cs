using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Core.People;
using ChatBot.OpenPgp;
using ChatBot.Tests.EndToEnd;
using Xunit;

namespace ChatBot.Tests.OpenPgp;

public sealed class DigestKeysTests(GpgHome gpg) : IClassFixture<GpgHome>
{
    public static bool IsInstalled => GpgHome.IsInstalled;

    [Fact(Skip = GpgHome.Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_person_whose_keys_only_sign_is_named_and_so_is_one_without_a_valid_key()
    {
        using var sample = new Configuration.Sample();
        var settings = sample.Settings() with
        {
            OpenPgp = new OpenPgpSettings(gpg.Keys, "gpg"),
            Digest = new DigestSettings(
                new TimeOnly(8, 0), [], TimeZoneInfo.Utc,
                [.. new[] { ("reader", gpg.Reader.ToUpperInvariant()), ("lunar", gpg.Lunar), ("expired", gpg.Expired), ("stranger", gpg.Stranger) }
                    .Select(one => new DigestRecipient(new Person { Name = one.Item1, Pgp = [one.Item2] }, Locale.English, IsEncrypted: true)), new DigestRecipient(null, Locale.English, IsEncrypted: false)]),
        };
        var notes = await DigestKeys.NotesAsync(settings, MessageLanguage.Of(new Dictionary<string, string>()), RealClock.Instance, CancellationToken.None);
        Assert.Collection(
            notes,
            note => Assert.Contains("digest of lunar cannot be encrypted: their `pgp` keys", note, StringComparison.Ordinal),
            note => Assert.Contains("digest of expired cannot be encrypted: none of their `pgp` keys is valid", note, StringComparison.Ordinal),
            note => Assert.Contains("digest of stranger cannot be encrypted: none", note, StringComparison.Ordinal));
    }
}

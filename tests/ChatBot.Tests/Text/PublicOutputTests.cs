using System.Text.RegularExpressions;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Tests.Mail;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Text;

/// <summary>With <c>public_output</c> on, whatever secret stands in what a check said keeps all of it private.</summary>
public partial class PublicOutputTests
{
    private static readonly IncidentLines Lines = new(new Phrasebook(Locale.French, TimeZoneInfo.Utc), "!", publicOutput: true);

    private static readonly string[] Details =
        [.. Sample.All.Select(sample => Classifier.Classify(sample.Mail, Sample.Inventory).Detail?.Value).OfType<string>().Distinct()];

    private static readonly string[] Secrets =
    [
        "192.168.10.20", "2001:db8::7", "::1", "10.0.1.11:110", "jeanne@example.org", "<jeanne@example.org>", "Gr3n0uille!Secrete",
        "pamplemousse-77", "password=azerty", "mdp:azerty", "s3cr3t", "AKIAIOSFODNN7EXAMPLE", "ghp_0123456789abcdefghij",
        "eyJhbGciOiJIUzI1NiJ9.e30.x", "d41d8cd98f00b204e9800998ecf8427e", "0612345678", "/home/jeanne/.ssh/id_rsa",
        "https://jeanne:azerty@example.org/", "jeanne.dupont", "+33612345678", "FR7630006000011234567890189",
    ];

    [Fact]
    public void Details_of_the_corpus_let_no_address_through()
    {
        Assert.NotEmpty(Details);
        foreach (var detail in Details)
        {
            Assert.DoesNotMatch(Address(), Said(detail));
        }
    }

    [Fact]
    public void A_secret_put_anywhere_into_a_detail_of_the_corpus_never_comes_out() =>
        Gen.Select(One(Details), One(Secrets), Gen.Int[0, 400], One([" ", "", "(", "=", ": "])).Sample(
            (detail, secret, at, before) =>
            {
                var place = Math.Min(at, detail.Length);
                Assert.DoesNotContain(secret, Said(detail[..place] + before + secret + " " + detail[place..]), StringComparison.Ordinal);
            },
            iter: 20_000);

    private static Gen<string> One(string[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);

    private static string Said(string detail)
    {
        var incident = ChatBot.Tests.Incidents.SampleReports.Unannounced() with { Detail = new RootText(detail), AnnouncedState = CheckState.Warning };
        return Lines.Alert(incident).Public?.Value + Lines.Changed(incident).Public?.Value;
    }

    [GeneratedRegex(@"\d+\.\d+\.\d+\.\d+|[0-9a-f]*:[0-9a-f]*:[0-9a-f]|@", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Address();
}

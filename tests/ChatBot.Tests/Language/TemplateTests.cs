using ChatBot.Core.Language;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Language;

public class TemplateTests
{
    private static readonly Sentence3 Alerts = new(
        "{1} alert{1:|s} on {0}{2: and|, all} over", "{1} alerte{1:|s} sur {0} : {2:|toutes }terminée{1:|s}");

    private readonly Phrasebook _french = new(Locale.French, TimeZoneInfo.Utc);
    private readonly Phrasebook _english = new(Locale.English, TimeZoneInfo.Utc);

    [Theory]
    [InlineData(0, "0 alerts", "0 alerte")]
    [InlineData(1, "1 alert", "1 alerte")]
    [InlineData(2, "2 alerts", "2 alertes")]
    [InlineData(100, "100 alerts", "100 alertes")]
    [InlineData(11, "11 alerts", "11 alertes")]
    public void A_number_chooses_the_form_and_zero_is_singular_in_French_alone(int count, string english, string french)
    {
        var machine = PublicText.Declared("hal");
        Assert.StartsWith($"{english} on hal", _english.Public(Alerts, machine, count, 1).Value, StringComparison.Ordinal);
        Assert.StartsWith($"{french} sur hal", _french.Public(Alerts, machine, count, 1).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_may_choose_a_form_without_being_shown()
    {
        Assert.Equal("2 alertes sur hal : toutes terminées", _french.Public(Alerts, PublicText.Declared("hal"), 2, 2).Value);
        Assert.Equal("1 alerte sur hal : terminée", _french.Public(Alerts, PublicText.Declared("hal"), 1, 1).Value);
    }

    [Theory]
    [InlineData("{1}"), InlineData("{1:a|b}"), InlineData("{9}"), InlineData("{"), InlineData("}"), InlineData("{0"), InlineData("")]
    public void Braces_in_a_fact_are_only_braces(string fact)
    {
        Line line = new RootText(fact);
        Assert.Equal($"[hal] POP3: {fact} — #1".Replace("  ", " ", StringComparison.Ordinal), _english.Say(
            Sentences.AlertWithDetail, PublicText.Declared("hal"), PublicText.Declared("POP3"), line, (PublicText)1).Root?.Value);
    }
}

using ChatBot.Core.Changelog;
using ChatBot.Core.Text;
using ChatBot.Storage;
using ChatBot.Tests.Commands;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Changelog;

/// <summary>What people wrote by hand comes with metche's mails, and is an entry of its machine, once.</summary>
public sealed class HandWrittenTests : IAsyncLifetime
{
    private Engine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Engine.StartAsync(with: SampleGroup.Settings);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task It_has_its_author_and_its_time_and_is_for_the_root_group()
    {
        await TakeAsync("> 2026-11-20 09:30: mag\n>   quota doublé\n> 2005-11-03 - Zoé <zoe@example.org>\n>   * disque changé");
        Assert.Equal(["mag|Minute|quota doublé", "Zoé|Day|disque changé"], await StoredAsync());
        Assert.All(await EntriesAsync(), entry => Assert.Equal((Audience.Root, true), (entry.Text.SaidTo, entry.By.IsEmpty)));
        Assert.Equal("2026-11-20 08:30Z", (await EntriesAsync())[0].At.ToString("u")[..16] + "Z");
    }

    [Theory]
    [InlineData("> 2026-11-20 - mag\n>   * relais désactivé\n>   * relais désactivé", 2)]
    [InlineData("> 2026-11-20 - mag\n>   * relais désactivé\n> 2026-11-21 - mag\n>   * relais désactivé", 2)]
    [InlineData("> 2026-11-20 - mag\n>   * relais désactivé\n> 2026-11-20 - zou\n>   * relais désactivé", 2)]
    [InlineData(">   * relais désactivé", 1)]
    public async Task Mails_that_overlap_bring_it_once(string lines, int entries)
    {
        await TakeAsync(lines);
        await TakeAsync(lines);
        await TakeAsync(lines + "\n> 2026-11-22 : autre chose");
        Assert.Equal(entries + 1, (await EntriesAsync()).Count);
    }

    [Fact]
    public async Task A_line_without_its_date_is_the_one_that_comes_later_with_it()
    {
        await TakeAsync(">   * relais désactivé");
        await TakeAsync("> 2026-11-22 - mag\n>   * quota doublé\n>   * relais désactivé");
        Assert.Equal(["mag|Day|quota doublé", "|Unknown|relais désactivé"], (await StoredAsync()).Order(StringComparer.Ordinal));
        _engine.Jump(TimeSpan.FromDays(3));
        await TakeAsync(">   * relais désactivé");
        Assert.Equal(3, (await EntriesAsync()).Count);
    }

    [Theory, InlineData(ChangelogStyle.Entry), InlineData(ChangelogStyle.Line)]
    public async Task What_the_bot_wrote_itself_is_known(ChangelogStyle style)
    {
        _engine.Settings.Replace(_engine.Settings.Value.Settings with { Changelog = _engine.Settings.Value.Settings.Changelog with { Style = style } });
        await LogAsync("postfix : relais désactivé");
        var written = await FileAsync();
        await TakeAsync(written);
        Assert.Equal(["lunar|Minute|postfix : relais désactivé"], await StoredAsync());

        // Somebody took the mark away, or wrote more behind it.
        await TakeAsync(written.Replace(" [chatbot 1]", "", StringComparison.Ordinal));
        Assert.Single(await EntriesAsync());
        await TakeAsync(written.Replace(" [chatbot 1]", ", et relu", StringComparison.Ordinal));
        Assert.Equal(2, (await EntriesAsync()).Count);
    }

    [Fact]
    public async Task A_number_of_another_store_makes_nothing_known()
    {
        await LogAsync("postfix : relais désactivé");
        await TakeAsync("> 2020-01-01 09:00 +0100: mag\n>   tout autre chose [chatbot 1]");
        Assert.Equal(["lunar|Minute|postfix : relais désactivé", "mag|Minute|tout autre chose"], await StoredAsync());
    }

    [Fact]
    public async Task Who_is_known_by_address_account_or_name_has_the_name_that_the_bot_gives_them()
    {
        _engine.Settings.Replace(_engine.Settings.Value.Settings with
        {
            People = new([new() { Name = "lunar", Accounts = ["lnr"], Mail = ["lunar@globenet.org"] }]),
        });
        const string lines = "> 2026-11-20 - L. Unar <lunar@globenet.org>\n>   * a\n> 2026-11-20 09:00: lnr\n>   b\n> 2026-11-20 09:00: Lunar\n>   c\n> 2026-11-20 09:00: zou\n>   d";
        await TakeAsync(lines);
        await TakeAsync(lines);
        Assert.Equal(["lunar", "lunar", "lunar", "zou"], (await EntriesAsync()).Select(entry => entry.WrittenBy.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_stranger_sends_is_no_changelog()
    {
        await _engine.OfferAsync(_engine.Mail(Metche.Written("hal", _engine.Time.GetUtcNow(), "> 2026-11-20 : faux"), closed: false));
        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task Of_ten_thousand_lines_a_thousand_are_stored_and_the_others_counted()
    {
        await TakeAsync(string.Join('\n', Enumerable.Range(0, 10_000).Select(i => $"> 2026-11-20 : ligne {i}")));
        Assert.Equal(1000, await _engine.AskAsync("SELECT COUNT(*) FROM changelog_entry"));
        Assert.Contains(await _engine.RootAsync(), line => line.Contains("encore 9000 lignes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Boxes_are_open_until_one_is_ticked_or_gone_from_the_file()
    {
        await LogAsync("relu main.cf - [ ] doubler le DNS avant le 20/11");
        await TakeAsync("> 2026-11-20 - mag\n> - [ ] prévenir zou\n> - [ ] vider le spool\n> - [ ] rien à voir");
        Assert.Equal(["prévenir zou", "rien à voir", "vider le spool", "doubler le DNS avant le 20/11"], (await OpenAsync()).OrderBy(text => text.StartsWith('d')).ThenBy(text => text, StringComparer.Ordinal));

        await TakeAsync("< - [ ] prévenir zou\n> - [x] prévenir zou\n< - [ ] vider le spool\n> 2026-11-22 : relu");
        Assert.Equal(["rien à voir", "doubler le DNS avant le 20/11"], await OpenAsync());
        await LogAsync("- [x] Doubler le DNS");
        Assert.Equal(["rien à voir"], await OpenAsync());
    }

    [Fact]
    public async Task A_box_that_moves_in_the_file_stays_open_and_of_another_machine_too()
    {
        await TakeAsync("> 2026-11-20 - mag\n> - [ ] vider le spool");
        await TakeAsync("< - [ ] vider le spool\n> - [ ] vider le spool");
        await _engine.TakeAsync(Metche.Written("sql", _engine.Time.GetUtcNow(), "> 2026-11-21 - mag\n> - [x] vider le spool"));
        Assert.Equal(["vider le spool"], await OpenAsync());
    }

    private Task TakeAsync(string lines) => _engine.TakeAsync(Metche.Written("hal.globenet.org", _engine.Time.GetUtcNow(), lines));

    private Task<Appending> LogAsync(string text) => _engine.Changelog.AppendAsync(
        new ChangelogEntry(Name.OfMachine("hal"), _engine.Time.GetUtcNow(), PublicText.Declared("lunar"), new Remark(new RootText(text), Audience.Public)),
        "#globenet",
        CancellationToken.None);

    // As metche shows what the bot wrote there.
    private async Task<string> FileAsync()
    {
        var row = Assert.Single(await _engine.Database.ReadAsync(transaction => OutboxStore.PendingAsync(transaction, OutboxStore.ChangelogKind, "hal", 5), CancellationToken.None));
        return "> " + row.Payload.Replace("\n", "\n> ", StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<ChangelogEntry>> EntriesAsync() => _engine.Changelog.LatestAsync("hal", 5000, CancellationToken.None);

    private async Task<IEnumerable<string>> StoredAsync() =>
        (await EntriesAsync()).Select(entry => $"{(entry.WrittenBy.IsEmpty ? entry.By.Value : entry.WrittenBy.Value)}|{entry.Precision}|{entry.Text.Text.Value}");

    private async Task<IEnumerable<string>> OpenAsync() => (await _engine.Changelog.OpenPointsAsync(50, CancellationToken.None)).Select(point => point.Text.Text.Value);
}

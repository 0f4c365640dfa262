using System.Text;
using ChatBot.Core.Language;
using ChatBot.Mail;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>What anybody who can write to the alias makes the bot say and store.</summary>
public sealed class UnprovenMailTests
{
    private int _number;

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Of_a_thousand_mails_that_nothing_vouches_for_four_are_announced_and_the_others_counted(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        for (var batch = 0; batch < 10; batch++)
        {
            await engine.TakeAsync([.. Enumerable.Range(0, 100).Select(_ => Stranger(engine))]);
        }

        Assert.Equal(4, (await engine.RootAsync()).Count);
        await engine.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(5, (await engine.RootAsync()).Count);
        Assert.Equal(
            engine.In("mails d'expéditeurs non prouvés dans l'heure, seulement comptés : 996", "mails from unproven senders in the last hour, counted only: 996"),
            (await engine.RootAsync())[^1]);
        Assert.Empty(await engine.PublicAsync());
        await engine.PassAsync(TimeSpan.FromHours(3));
        Assert.Equal(5, (await engine.RootAsync()).Count);
    }

    [Fact]
    public async Task The_count_survives_a_kill_and_a_clock_that_is_put_back()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync([.. Enumerable.Range(0, 10).Select(_ => Stranger(engine))]);
        await engine.KillAsync();
        await engine.TakeAsync(Stranger(engine));
        Assert.Equal(4, (await engine.RootAsync()).Count);
        engine.Jump(TimeSpan.FromDays(-365));
        await engine.TakeAsync(Stranger(engine));
        Assert.Contains(await engine.RootAsync(), line => line.EndsWith("comptés : 7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_link_and_no_address_of_theirs_is_in_a_line()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Stranger(engine, "voir https://evil.example/login WWW.evil.example evil.example/x?y mallory@evil.example /etc/passwd 1.5/2.0"));
        Assert.Equal("mail de Mallory : voir … … … … /etc/passwd 1.5/2.0", Assert.Single(await engine.RootAsync()));
    }

    [Fact]
    public async Task What_they_may_store_in_a_day_is_bounded()
    {
        await using var engine = await Engine.StartAsync();
        static string References(string of) => string.Join(' ', Enumerable.Range(0, 30).Select(i => $"<{of}-{i}@evil.example>"));
        for (var batch = 0; batch < 20; batch++)
        {
            await engine.TakeAsync([.. Enumerable.Range(0, 100).Select(i => Stranger(engine, $"s{batch}-{i}", $"References: {References($"{batch}-{i}")}\n"))]);
        }

        Assert.InRange(await RowsAsync(engine, "mail_thread") + await RowsAsync(engine, "seen_mail"), 1, 2010);
        await engine.PassAsync(TimeSpan.FromHours(1));
        Assert.Contains(await engine.RootAsync(), line => line.EndsWith("comptés : 1996", StringComparison.Ordinal));
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Theory]
    [InlineData("119-", Locale.French)]
    [InlineData("132-", Locale.English)]
    [InlineData("134-", Locale.French)]
    public async Task A_fact_about_a_machine_that_nothing_vouches_for_is_marked_and_paced(string sample, Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        var text = Encoding.UTF8.GetString(Sample.Named(sample).Bytes);
        await engine.TakeAsync([.. Enumerable.Range(0, 10).Select(i => engine.Mail($"{text}\n{i}\n", closed: false))]);
        Assert.Empty(await engine.PublicAsync());
        var lines = await engine.RootAsync();
        Assert.InRange(lines.Count, 1, 4);
        Assert.All(lines, line => Assert.StartsWith(engine.In("(non vérifié) ", "(unverified) "), line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("120-", Locale.English)]
    [InlineData("123-", Locale.French)]
    public async Task A_problem_without_an_end_that_nothing_vouches_for_opens_nothing(string sample, Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(engine.Mail(Sample.Named(sample).Bytes, closed: false));
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
        Assert.Empty(await engine.PublicAsync());
        Assert.StartsWith(engine.In("mail ignoré, ", "ignored a mail "), Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mark_is_not_on_what_is_believed()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(engine.Mail(Sample.Named("120-").Bytes));
        Assert.DoesNotContain(await engine.RootAsync(), line => line.Contains("non vérifié", StringComparison.Ordinal));
    }

    private static Task<long> RowsAsync(Engine engine, string table) => engine.Database.ReadAsync(
        async transaction =>
        {
            await using var command = transaction.Connection.CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM {table}";
            return (long)(await command.ExecuteScalarAsync())!;
        },
        CancellationToken.None);

    private IncomingMail Stranger(Engine engine, string subject = "gagnez", string more = "") => engine.Mail(
        $"From: Mallory <mallory@evil.example>\nTo: root@globenet.org\nSubject: {subject}\nMessage-ID: <{++_number}@evil.example>\n{more}"
        + $"Date: Sun, 22 Nov 2026 20:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\nBonjour {_number}\n", closed: false);
}

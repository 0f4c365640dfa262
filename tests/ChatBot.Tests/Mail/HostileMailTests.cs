using System.Globalization;
using System.Net;
using System.Text;
using ChatBot.Core.Machines;
using ChatBot.Core.Mail;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>Each hostile mail comes into the mailbox of the group that it is written against, and is judged by what is said.</summary>
public sealed class HostileMailTests
{
    public static TheoryData<string> Names { get; } = [.. Sample.Hostile.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_mail_does_what_it_may_and_no_more(string name)
    {
        var sample = Sample.HostileNamed(name);
        await using var engine = await StartAsync();
        await engine.TakeAsync(engine.Mail(sample.Bytes, closed: false));
        await engine.PassAsync(TimeSpan.FromSeconds(5));
        var (said, root) = (await engine.PublicAsync(), await engine.RootAsync());
        var open = await engine.Incidents.OpenAsync(null, CancellationToken.None);

        Assert.InRange(said.Count, 0, sample.Expected.GetProperty("max_channel_lines").GetInt32());
        Assert.All(said.Concat(root), AssertInert);
        var (bare, dense) = (Bared.Of(string.Join('\n', said)), Bared.WithoutSpace(string.Join('\n', said)));
        foreach (var secret in sample.Strings("never_public"))
        {
            Assert.DoesNotContain(Bared.Of(secret), bare, StringComparison.Ordinal);
            Assert.DoesNotContain(Bared.WithoutSpace(secret), dense, StringComparison.Ordinal);
        }

        if (sample.Text("relay") == "must")
        {
            Assert.Contains(said, line => line.Contains(sample.Text("token")!, StringComparison.Ordinal));
        }

        if (sample.Text("relay") == "mustnot")
        {
            Assert.Empty(said);
        }

        if (sample.Text("incident") == "open")
        {
            Assert.Equal("hal", Assert.Single(open).Machine.Value);
        }

        if (sample.Text("incident") == "none")
        {
            Assert.Empty(open);
        }
    }

    [Fact]
    public async Task All_hostile_mails_in_one_batch_hide_none_that_must_be_announced()
    {
        await using var engine = await StartAsync();
        await engine.TakeAsync([.. Sample.Hostile.Select(sample => engine.Mail(sample.Bytes, closed: false))]);
        var open = await engine.Incidents.OpenAsync(null, CancellationToken.None);
        var must = Sample.Hostile.Where(sample => sample.Text("incident") == "open").Select(sample => sample.Text("token")!);
        var services = string.Join(' ', open.Select(incident => incident.Service?.Value));
        Assert.All(must, token => Assert.Contains(token, services, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_that_may_do_nothing_leaves_what_is_open_as_it_is()
    {
        foreach (var sample in Sample.Hostile.Where(sample => sample.Text("incident") == "none"))
        {
            await using var engine = await StartAsync();
            await engine.TakeAsync(Nagios.Problem("hal", "POP3"), Nagios.Problem("hal", null!), Nagios.Problem("db1", "MySQL"));
            var before = (await engine.Incidents.OpenAsync(null, CancellationToken.None)).Select(incident => (incident.Number, incident.State)).ToList();
            await engine.TakeAsync(engine.Mail(sample.Bytes, closed: false));
            Assert.Equal(before, (await engine.Incidents.OpenAsync(null, CancellationToken.None)).Select(incident => (incident.Number, incident.State)));
        }
    }

    internal static Task<Engine> StartAsync() => Engine.StartAsync(settings => settings with
    {
        Inventory = new Inventory(
        [
            new Machine { Name = "hal", Names = ["hal.example.org"] },
            new Machine { Name = "db1", Names = ["db1.example.org"] },
            new Machine { Name = "web3", Names = ["web3.example.org"] },
        ]),
        Mail = settings.Mail with
        {
            Trust = new MailTrust
            {
                Mx = "mx.example.org",
                Networks = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("192.0.2.10/32")],
                TrustedSenders = ["*@*.example.org"],
                Monitors = ["nagios@mon.example.org"],
            },
        },
    });

    /// <summary>No line end, no CTCP, colour or direction change, no half of a character.</summary>
    internal static void AssertInert(string line)
    {
        Assert.All(line.EnumerateRunes(), rune => Assert.False(
            rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned,
            $"U+{rune.Value:X4} in {line}"));
    }
}

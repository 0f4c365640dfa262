using System.Data.Common;
using ChatBot.Configuration;
using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Mutes;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Mail;
using ChatBot.Storage;
using Xunit;

namespace ChatBot.Tests.Storage;

/// <summary>What every store must do, whatever database system it is on.</summary>
public abstract class DatabaseContract : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 20, 0, 0, 123, TimeSpan.Zero);

    private static readonly RetentionSettings Keep = new();

    private Database _database = null!;

    /// <summary>Opens a store of this test's own; the second time it is the same one.</summary>
    protected abstract Task<Database> OpenAsync();

    public async ValueTask InitializeAsync() => _database = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_incident_comes_back_as_it_was_stored()
    {
        var incident = new Incident
        {
            Machine = Name.OfMachine("hal"),
            Service = Name.OfService("Disque été « œuf »"),
            State = CheckState.Warning,
            OpenedAt = At,
            AnnouncedState = CheckState.Critical,
            AnnounceAt = At.AddSeconds(5),
            Detail = new RootText("plein à 93 % — 日本"),
            Flapping = true,
            Repeats = new RepeatHistory(3, At.AddHours(1), TimeSpan.FromHours(24), TimeSpan.FromMinutes(90), IsSilent: true),
            Acknowledgement = new Acknowledgement(PublicText.Declared("zoé"), new Remark(new RootText("j'y vais"), Audience.Public), At, At.AddHours(2)),
        };
        var saved = await WriteAsync(transaction => IncidentStore.SaveAsync(transaction, incident));
        Assert.Equal(incident with { Number = saved.Number }, await ReadAsync(transaction => IncidentStore.FindAsync(transaction, saved.Number)));

        var bare = incident with { Service = null, AnnouncedState = null, AnnounceAt = null, Detail = null, Flapping = false, Acknowledgement = null, Repeats = null, ClosedAt = At };
        await WriteAsync(transaction => IncidentStore.SaveAsync(transaction, bare with { Number = saved.Number }));
        Assert.Equal(incident.Service, (await ReadAsync(transaction => IncidentStore.FindAsync(transaction, saved.Number)))?.Service);
        var other = await WriteAsync(transaction => IncidentStore.SaveAsync(transaction, bare));
        Assert.Equal(bare with { Number = other.Number }, await ReadAsync(transaction => IncidentStore.FindAsync(transaction, other.Number)));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task The_first_of_what_is_open_are_those_that_all_of_it_would_show_first(int seed)
    {
        var (all, chance) = (new List<Incident>(), (ulong)seed);
        T One<T>(params ReadOnlySpan<T> of) => of[Next(of.Length)];
        int Next(int below) => (int)(((chance = (chance * 6364136223846793005) + 1442695040888963407) >> 33) % (ulong)below);
        for (var i = 0; i < 60; i++)
        {
            var isInhibited = i > 5 && Next(3) > 0;
            var incident = new Incident
            {
                Machine = Name.OfMachine($"m{Next(6)}", isForRoot: Next(4) == 0),
                Service = Name.OfService($"S{i}"),
                State = One(CheckState.Down, CheckState.Unreachable, CheckState.Critical, CheckState.Warning, CheckState.Unknown),
                OpenedAt = At.AddMinutes(Next(10)),
                ClosedAt = Next(5) == 0 ? At.AddHours(1) : null,
                AnnouncedState = CheckState.Critical,
                SuppressedBy = isInhibited ? One(Suppression.Inhibited, Suppression.Overloaded) : One<Suppression?>(null, null, null, Suppression.Muted),
                InhibitedBy = isInhibited || Next(9) == 0 ? One(1L, 2, 3, Next(60), Next(60)) : null,
                Acknowledgement = Next(3) == 0 ? new Acknowledgement(PublicText.Declared("zoé"), new Remark(new RootText("vu"), Audience.Public), At, At.AddHours(2)) : null,
            };
            all.Add(await WriteAsync(transaction => IncidentStore.SaveAsync(transaction, incident)));
        }

        var open = all.FindAll(one => one.IsOpen);
        Assert.Equal(open.Count, await ReadAsync(OpenStore.CountAsync));
        Assert.Equal(IncidentText.CauseFirst(open).FirstOrDefault(one => IncidentText.Waits(one.Cause))?.Cause.Number, await ReadAsync(OpenStore.WaitingAsync));
        foreach (var (audience, most) in new[] { (Audience.Root, 4), (Audience.Root, 100), (Audience.Public, 4), (Audience.Public, 100) })
        {
            var heard = open.FindAll(one => audience == Audience.Root || !one.Machine.IsForRoot);
            var machines = IncidentText.WorstFirst(heard).GroupBy(one => one.Machine).ToDictionary(one => one.Key);
            var listed = await ReadAsync(transaction => OpenStore.MachinesAsync(transaction, audience));
            Assert.Equal(machines.Values.Select(one => (one.First().State.Rank(), one.First().OpenedAt)), listed.Select(one => (machines[one.Machine].First().State.Rank(), machines[one.Machine].First().OpenedAt)));
            Assert.All(listed, one => Assert.Equal(machines[one.Machine].Count(), one.Count));
            var causes = IncidentText.CauseFirst(heard);
            var found = await ReadAsync(transaction => OpenStore.CausesAsync(transaction, audience, most, mostInhibited: 2));
            Assert.Equal((heard.Count, open.Count), (found.Heard, found.All));
            Assert.Equal(
                causes.Take(most).Select(one => $"{one.Cause.Number}: {one.Count} {string.Join(',', one.Inhibited.Take(2).Select(other => other.Number))}"),
                found.First.Select(one => $"{one.Cause.Number}: {one.Count} {string.Join(',', one.Inhibited.Select(other => other.Number))}"));
        }
    }

    [Fact]
    public async Task A_mute_comes_back_and_is_in_force_until_it_ended()
    {
        var mute = new Mute(
            Name.OfMachine("hal"), Name.OfService("POP3"), PublicText.Declared("zoé"), new Remark(new RootText("charge"), Audience.Root), At, At.AddHours(2));
        var whole = mute with { Service = null, Until = At.AddHours(1), Reason = new Remark(new RootText(""), Audience.Public) };
        await SaveAsync(mute);
        await SaveAsync(whole);
        Assert.Equal([whole, mute], await ReadAsync(MuteStore.InForceAsync));
        Assert.Equal(whole.Until, await ReadAsync(MuteStore.NextEndAsync));

        await SaveAsync(whole with { At = At.AddMinutes(30), Until = At.AddHours(3) });
        Assert.Equal([mute, whole with { Until = At.AddHours(3) }], await ReadAsync(MuteStore.InForceAsync));
        Assert.True(await WriteAsync(transaction => MuteStore.EndAsync(transaction, whole, At.AddHours(1))));
        Assert.False(await WriteAsync(transaction => MuteStore.EndAsync(transaction, whole, At.AddHours(1))));
        Assert.Equal([mute], await ReadAsync(MuteStore.InForceAsync));
        await SaveAsync(whole);
        Assert.Equal(2, (await ReadAsync(MuteStore.InForceAsync)).Count);

        Task SaveAsync(Mute one) => _database.WriteAsync(transaction => MuteStore.SaveAsync(transaction, one), CancellationToken.None);
    }

    [Fact]
    public async Task An_intervention_comes_back_as_it_was_stored()
    {
        var planned = new Intervention
        {
            Machines = [PublicText.Declared("hal"), PublicText.Declared("sud")],
            By = PublicText.Declared("zoé"),
            What = new Remark(new RootText("changement de « noyau »"), Audience.Root),
            PlannedAt = At,
            BeginsAt = At.AddDays(2),
            EndsAt = At.AddDays(2).AddHours(1),
            JustBeforeDone = true,
        };
        var saved = await WriteAsync(transaction => InterventionStore.SaveAsync(transaction, planned));
        await SameAsync(saved);
        await SameAsync(await WriteAsync(transaction => InterventionStore.SaveAsync(
            transaction, saved with { EndsAt = At.AddDays(3), DayBeforeDone = true, BeganAt = At.AddDays(2), Moves = 2 })));
        Assert.Single(await ReadAsync(InterventionStore.ComingAsync));
        await SameAsync(await WriteAsync(transaction => InterventionStore.SaveAsync(transaction, saved with { OverAt = At.AddDays(1), IsCancelled = true })));
        Assert.Empty(await ReadAsync(InterventionStore.ComingAsync));

        async Task SameAsync(Intervention one) =>
            Assert.Equivalent(one, await ReadAsync(transaction => InterventionStore.FindAsync(transaction, saved.Number)), strict: true);
    }

    [Fact]
    public async Task What_silences_is_read_once_in_a_transaction_until_it_changes()
    {
        var mute = new Mute(Name.OfMachine("hal"), null, PublicText.Declared("zoé"), new Remark(new RootText("charge"), Audience.Root), At, At.AddHours(1));
        await WriteAsync(async transaction =>
        {
            var before = await MuteStore.InForceAsync(transaction);
            Assert.Same(before, await MuteStore.InForceAsync(transaction));
            Assert.Empty(before);
            await MuteStore.SaveAsync(transaction, mute);
            Assert.Equal([mute], await MuteStore.InForceAsync(transaction));
            await MuteStore.EndAsync(transaction, mute, At);
            Assert.Empty(await MuteStore.InForceAsync(transaction));
            return true;
        });
    }

    [Fact]
    public async Task One_check_has_one_open_incident()
    {
        await WriteAsync(transaction => IncidentStore.SaveAsync(transaction, Open("POP3")));
        await Assert.ThrowsAnyAsync<DbException>(() => WriteAsync(transaction => IncidentStore.SaveAsync(transaction, Open("POP3"))));
        await WriteAsync(transaction => IncidentStore.SaveAsync(transaction, Open("IMAP")));
        Assert.Equal(2, (await ReadAsync(transaction => IncidentStore.OpenAsync(transaction, "hal"))).Count);
        Assert.Empty(await ReadAsync(transaction => IncidentStore.OpenAsync(transaction, "sud")));
    }

    [Fact]
    public async Task A_number_is_never_used_again()
    {
        var first = await WriteAsync(transaction => IncidentStore.SaveAsync(transaction, Open("POP3")));
        await WriteAsync(transaction => Sql.RunAsync(transaction.Connection, "DELETE FROM incident", transaction.Transaction));
        await _database.DisposeAsync();
        _database = await OpenAsync();
        var second = await WriteAsync(transaction => IncidentStore.SaveAsync(transaction, Open("POP3")));
        Assert.True(second.Number > first.Number);
    }

    [Fact]
    public async Task A_history_is_read_in_order()
    {
        var incident = await WriteAsync(transaction => IncidentStore.SaveAsync(transaction, Open("POP3")));
        var remark = new Remark(new RootText("à moi"), Audience.Root);
        IncidentEvent[] story =
        [
            .. Enum.GetValues<Reason>().Select(why => new IncidentEvent(At, why, CheckState.Unreachable, null, null)),
            new(At, Reason.Acknowledged, CheckState.Critical, PublicText.Declared("zoé"), remark),
        ];
        foreach (var step in story)
        {
            await WriteAsync(async transaction =>
            {
                await IncidentStore.AddEventAsync(transaction, incident.Number, step);
                return true;
            });
        }

        Assert.Equal(story, await ReadAsync(transaction => IncidentStore.StoryAsync(transaction, incident.Number)));
    }

    [Fact]
    public async Task Nothing_of_a_transaction_that_throws_is_kept_and_the_next_one_goes_well()
    {
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => WriteAsync<int>(async transaction =>
        {
            await IncidentStore.SaveAsync(transaction, Open("POP3"));
            throw new TimeZoneNotFoundException();
        }));
        Assert.Empty(await ReadAsync(transaction => IncidentStore.OpenAsync(transaction, null)));
        await WriteAsync(transaction => IncidentStore.SaveAsync(transaction, Open("POP3")));
    }

    [Fact]
    public async Task Who_gives_up_while_waiting_writes_nothing_and_who_has_begun_ends()
    {
        using var stop = new CancellationTokenSource();
        var first = _database.WriteAsync(
            async transaction =>
            {
                await stop.CancelAsync();
                await IncidentStore.SaveAsync(transaction, Open("POP3"));
            },
            stop.Token);
        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _database.WriteAsync(transaction => IncidentStore.SaveAsync(transaction, Open("IMAP")), stop.Token));
        Assert.Single(await ReadAsync(transaction => IncidentStore.OpenAsync(transaction, null)));
    }

    [Fact]
    public async Task Writers_go_one_after_the_other()
    {
        var inside = 0;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => WriteAsync(async transaction =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            await Task.Yield();
            await IncidentStore.SaveAsync(transaction, Open("S" + i));
            Interlocked.Decrement(ref inside);
            return true;
        }))));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), (await ReadAsync(transaction => IncidentStore.OpenAsync(transaction, null))).Select(one => one.Number));
    }

    [Fact]
    public async Task The_outbox_keeps_its_order_and_gives_what_is_done_no_more()
    {
        foreach (var text in new[] { "un", "deux", "trois" })
        {
            await WriteAsync(transaction => OutboxStore.AddAsync(transaction, OutboxStore.LineKind, "#globenet", Audience.Public, text, At));
        }

        await WriteAsync(transaction => OutboxStore.AddAsync(transaction, OutboxStore.ChangelogKind, "#globenet", Audience.Root, "ailleurs", At));
        var rows = await ReadAsync(transaction => OutboxStore.PendingAsync(transaction, OutboxStore.LineKind, "#globenet", 10));
        Assert.Equal(["un", "deux", "trois"], rows.Select(row => row.Payload));
        await WriteAsync(async transaction =>
        {
            await OutboxStore.DoneAsync(transaction, rows[1].Id, At);
            return true;
        });
        rows = await ReadAsync(transaction => OutboxStore.PendingAsync(transaction, OutboxStore.LineKind, "#globenet", 10));
        Assert.Equal(["un", "trois"], rows.Select(row => row.Payload));
        var counts = (await ReadAsync(OutboxStore.CountPendingAsync)).OrderBy(count => count.Kind).Select(count => (count.Kind, count.Pending));
        Assert.Equal([(OutboxStore.ChangelogKind, 1), (OutboxStore.LineKind, 2)], counts);
    }

    [Fact]
    public async Task A_row_of_the_outbox_keeps_what_became_of_it()
    {
        var id = await WriteAsync(transaction => OutboxStore.AddAsync(transaction, OutboxStore.MailKind, "root", Audience.Root, "un", At));
        Assert.Equal(1, await WriteAsync(transaction => OutboxStore.RefusedAsync(transaction, id)));
        Assert.Equal(2, await WriteAsync(transaction => OutboxStore.RefusedAsync(transaction, id)));
        await WriteAsync(async transaction =>
        {
            await OutboxStore.RestAsync(transaction, id, At.AddMinutes(1));
            await OutboxStore.WaitsAsync(transaction, id, "full");
            await OutboxStore.HandedAsync(transaction, id, At);
            return true;
        });
        var row = Assert.Single(await ReadAsync(transaction => OutboxStore.PendingAsync(transaction, OutboxStore.MailKind, "root", 10)));
        Assert.Equal((At.AddMinutes(1).ToUnixTimeMilliseconds(), "full", At.ToUnixTimeMilliseconds()), (row.NextTry, row.Result, row.HandedAt));
        Assert.False(await ReadAsync(transaction => OutboxStore.IsDoneAsync(transaction, id)));
        await WriteAsync(async transaction =>
        {
            await OutboxStore.DoneAsync(transaction, id, At);
            return true;
        });
        Assert.True(await ReadAsync(transaction => OutboxStore.IsDoneAsync(transaction, id)));
    }

    [Fact]
    public async Task The_facts_of_a_line_come_back_as_they_were_stored()
    {
        var about = new About(
            Topic.Alert,
            Name.OfMachine("hal"),
            [
                new(42, Name.OfService("Disque été œuf"), CheckState.Critical, At, null, IsFirst: true),
                new(43, null, CheckState.Up, At, At.AddHours(1), IsFirst: false),
            ]);
        await WriteAsync(transaction => OutboxStore.AddAsync(transaction, OutboxStore.LineKind, "#globenet", Audience.Public, "un", At, about));
        await WriteAsync(transaction => OutboxStore.AddAsync(transaction, OutboxStore.LineKind, "#globenet", Audience.Root, "deux", At));
        var lines = (await ReadAsync(transaction => OutboxStore.PendingAsync(transaction, OutboxStore.LineKind, "#globenet", 10))).Select(row => row.Read()).ToList();
        Assert.Equal(about.Incidents, lines[0].About.Incidents);
        Assert.Equal((about.Topic, about.Machine), (lines[0].About.Topic, lines[0].About.Machine));
        Assert.Equal(((Line)PublicText.Declared("un"), At), (lines[0].Words, lines[0].At));
        Assert.Equal(((Line)new RootText("deux"), Topic.Other, null), (lines[1].Words, lines[1].About.Topic, lines[1].About.Machine));
    }

    [Fact]
    public async Task A_mail_is_seen_once()
    {
        Assert.True(await WriteAsync(transaction => MailStore.AddSeenAsync(transaction, "h", "nagios", "alert", "taken", At)));
        Assert.False(await WriteAsync(transaction => MailStore.AddSeenAsync(transaction, "h", "nagios", "alert", "taken", At)));
        Assert.True(await WriteAsync(transaction => MailStore.AddSeenAsync(transaction, "i", "unknown", "unknown", IntakeMail.SetAside.Word, At)));
        Assert.Equal(1, await ReadAsync(MailStore.CountSetAsideAsync));
    }

    [Fact]
    public async Task Only_tries_alone_are_counted()
    {
        Assert.Equal(0, await WriteAsync(transaction => MailStore.BeginAsync(transaction, "m", alone: false, At)));
        Assert.Equal(1, await WriteAsync(transaction => MailStore.BeginAsync(transaction, "m", alone: true, At)));
        Assert.Equal(1, await WriteAsync(transaction => MailStore.BeginAsync(transaction, "m", alone: false, At)));
        Assert.Equal(["m"], await ReadAsync(MailStore.UnfinishedAsync));
        await WriteAsync(async transaction =>
        {
            await MailStore.EndAsync(transaction, "m");
            return true;
        });
        Assert.Empty(await ReadAsync(MailStore.UnfinishedAsync));
    }

    [Fact]
    public async Task Changes_and_changelog_lines_come_back_newest_first()
    {
        var summary = new ChangeSummary
        {
            Files = [new ChangedFile('~', "/etc/été.conf"), new ChangedFile('+', "/etc/b")],
            Packages = ["postfix"],
            ChangelogLines = [new RootText("mis à jour")],
        };
        var entry = new ChangelogEntry(
            Name.OfMachine("hal"), At, PublicText.Declared("zoé"), new Remark(new RootText("purgé"), Audience.Public));
        await WriteAsync(async transaction =>
        {
            await ChangeStore.AddAsync(transaction, new Change(Name.OfMachine("hal"), At, new ChangeSummary { Encrypted = true }), At);
            await ChangeStore.AddAsync(transaction, new Change(Name.OfMachine("hal"), At, summary), At);
            await ChangeStore.AddAsync(transaction, new Change(Name.OfMachine("hal"), At.AddYears(-1), new ChangeSummary { Packages = ["old"] }), At);
            await ChangelogStore.AddAsync(transaction, entry with { At = At.AddDays(-1) });
            return await ChangelogStore.AddAsync(transaction, entry);
        });
        var changes = await ReadAsync(transaction => ChangeStore.LatestAsync(transaction, "hal", 5));
        Assert.Equal(summary.Files, changes[0].Summary.Files);
        Assert.Equal(summary.Packages, changes[0].Summary.Packages);
        Assert.Equal(summary.ChangelogLines, changes[0].Summary.ChangelogLines);
        Assert.True(changes[1].Summary.Encrypted);
        Assert.Equal(["old"], changes[2].Summary.Packages);
        Assert.Equal(entry, (await ReadAsync(transaction => ChangelogStore.LatestAsync(transaction, "hal", 1)))[0]);
    }

    [Fact]
    public async Task Who_was_greeted_is_known_until_forgotten()
    {
        await WriteAsync(async transaction =>
        {
            await GreetedStore.AddAsync(transaction, ["a", "b"], At);
            await GreetedStore.AddAsync(transaction, ["a"], At);
            return true;
        });
        Assert.True(await ReadAsync(transaction => GreetedStore.IsKnownAsync(transaction, ["x", "b"])));
        Assert.Equal(2, await WriteAsync(transaction => GreetedStore.ForgetAsync(transaction, ["a", "b", "c"])));
        Assert.False(await ReadAsync(transaction => GreetedStore.IsKnownAsync(transaction, ["a", "b"])));
    }

    [Fact]
    public async Task A_made_value_is_made_once()
    {
        Assert.Equal("1", await WriteAsync(transaction => SettingStore.GetOrAddAsync(transaction, "k", () => "1")));
        Assert.Equal("1", await WriteAsync(transaction => SettingStore.GetOrAddAsync(transaction, "k", () => "2")));
    }

    [Fact]
    public async Task A_text_is_stored_whole_whatever_was_stored_by_the_same_statement_before()
    {
        foreach (var length in new[] { 1, 10_000, 0, 200_000, 3 })
        {
            var text = string.Concat(Enumerable.Repeat('é', length));
            await WriteAsync(async transaction =>
            {
                await SettingStore.SetAsync(transaction, "k", text);
                return true;
            });
            Assert.Equal(text, await ReadAsync(transaction => SettingStore.GetAsync(transaction, "k")));
        }
    }

    [Fact]
    public async Task A_text_with_half_a_character_is_stored_all_the_same()
    {
        await WriteAsync(async transaction =>
        {
            await SettingStore.SetAsync(transaction, "k", "été\0 \ud800 😀");
            return true;
        });
        var stored = await ReadAsync(transaction => SettingStore.GetAsync(transaction, "k"));
        Assert.Matches("^été[\0\ufffd] \ufffd+ 😀$", stored);
    }

    [Fact]
    public async Task What_is_old_is_deleted_and_people_are_forgotten_with_it()
    {
        var acknowledgement = new Acknowledgement(PublicText.Declared("zoé"), new Remark(new RootText("j'y vais"), Audience.Root), At, At.AddHours(2));
        var closed = await WriteAsync(async transaction =>
        {
            var incident = await IncidentStore.SaveAsync(transaction, Open("POP3") with { Acknowledgement = acknowledgement, ClosedAt = At });
            await IncidentStore.AddEventAsync(transaction, incident.Number, new IncidentEvent(At, Reason.Acknowledged, CheckState.Critical, acknowledgement.By, acknowledgement.Reason));
            await GreetedStore.AddAsync(transaction, ["old"], At);
            await GreetedStore.AddAsync(transaction, ["ahead"], At.AddYears(12));
            await MailStore.AddSeenAsync(transaction, "h", "nagios", "alert", "taken", At);
            return incident.Number;
        });
        await DeleteAsync(At + Keep.Names - TimeSpan.FromDays(1));
        Assert.Equal(acknowledgement, (await ReadAsync(transaction => IncidentStore.FindAsync(transaction, closed)))!.Acknowledgement);
        await DeleteAsync(At + Keep.Names + TimeSpan.FromDays(1));
        var erased = (await ReadAsync(transaction => IncidentStore.FindAsync(transaction, closed)))!.Acknowledgement;
        Assert.Equal(new Acknowledgement(default, new Remark(default, Audience.Root), At, At.AddHours(2)), erased);
        Assert.Null((await ReadAsync(transaction => IncidentStore.StoryAsync(transaction, closed)))[0].By);
        Assert.True(await ReadAsync(transaction => GreetedStore.IsKnownAsync(transaction, ["old"])));
        await DeleteAsync(At + Keep.Greeted + TimeSpan.FromDays(1));
        Assert.False(await ReadAsync(transaction => GreetedStore.IsKnownAsync(transaction, ["old"])));
        Assert.True(await WriteAsync(transaction => MailStore.AddSeenAsync(transaction, "h", "nagios", "alert", "taken", At)));
        await DeleteAsync(At + (Keep.Greeted * 2) + TimeSpan.FromDays(3));
        Assert.False(await ReadAsync(transaction => GreetedStore.IsKnownAsync(transaction, ["ahead"])));
    }

    [Fact]
    public async Task Hand_written_entries_and_empty_boxes_come_back_and_are_found_again()
    {
        var hal = Name.OfMachine("hal");
        var written = new ChangelogEntry(hal, At, default, new Remark(new RootText("- [ ] purger été"), Audience.Root))
        {
            WrittenBy = new RootText("zoé"),
            Precision = WrittenPrecision.Day,
            Folder = new RootText("web"),
        };
        var typed = new ChangelogEntry(hal, At, PublicText.Declared("mag"), new Remark(new RootText("purgé"), Audience.Public));
        var (first, second) = await WriteAsync(async transaction =>
        {
            var number = await ChangelogStore.AddWrittenAsync(transaction, written, At.AddDays(1));
            await TodoStore.ApplyAsync(transaction, written, number);
            return (number, await ChangelogStore.AddAsync(transaction, typed));
        });
        Assert.Equal([written], await ReadAsync(transaction => ChangelogStore.SinceAsync(transaction, At.AddHours(1), 5)));
        Assert.Equal([typed, written], await ReadAsync(transaction => ChangelogStore.OfMachineAsync(transaction, "hal", At, 5)));
        Assert.Equal([typed, written], await ReadAsync(transaction => ChangelogStore.WrittenSinceAsync(transaction, At, 5)));
        Assert.Equal([(first, true, written)], await ReadAsync(transaction => ChangelogStore.AlikeAsync(transaction, "hal", "- [ ] purger été", null, 5)));
        Assert.Equal([(second, false, typed)], await ReadAsync(transaction => ChangelogStore.AlikeAsync(transaction, "hal", "autre", second, 5)));
        Assert.Empty(await ReadAsync(transaction => ChangelogStore.AlikeAsync(transaction, "sud", "autre", second, 5)));
        Assert.Equal([new OpenPoint(hal, At, WrittenPrecision.Day, new Remark(new RootText("purger été"), Audience.Root))], await ReadAsync(transaction => TodoStore.OpenAsync(transaction, 5)));

        // Only what was typed here is taken back, and what it ticked is open again.
        Assert.Equal(new TypedEntry(second, At, typed.By, false, false), await ReadAsync(transaction => ChangelogStore.LastTypedAsync(transaction, "mag", null, default)));
        Assert.Equal(second, (await ReadAsync(transaction => ChangelogStore.LastTypedAsync(transaction, null, "hal", At)))?.Number);
        Assert.Null(await ReadAsync(transaction => ChangelogStore.LastTypedAsync(transaction, null, "sud", At)));
        var tick = typed with { Text = new Remark(new RootText("- [x] purger été"), Audience.Root) };
        var ticked = await WriteAsync(async transaction =>
        {
            var number = await ChangelogStore.AddAsync(transaction, tick);
            await TodoStore.ApplyAsync(transaction, tick, number);
            return number;
        });
        Assert.Empty(await ReadAsync(transaction => TodoStore.OpenAsync(transaction, 5)));
        await WriteAsync(async transaction =>
        {
            var strike = await ChangelogStore.AddAsync(transaction, typed, ticked);
            await TodoStore.UndoAsync(transaction, ticked, strike);
            return true;
        });
        Assert.Single(await ReadAsync(transaction => TodoStore.OpenAsync(transaction, 5)));
        Assert.True((await ReadAsync(transaction => ChangelogStore.LastTypedAsync(transaction, "mag", "hal", default)))?.IsStrike);
    }

    [Theory, InlineData(null), InlineData(200)]
    public async Task Who_wrote_in_the_changelog_is_known_until_they_ask_or_as_long_as_configured_and_what_they_wrote_stays(int? days)
    {
        var entry = new ChangelogEntry(
            Name.OfMachine("hal"), At, PublicText.Declared("zoé"), new Remark(new RootText("relais changé"), Audience.Root));
        await WriteAsync(transaction => ChangelogStore.AddAsync(transaction, entry));
        var keep = Keep with { ChangelogAuthors = days is { } given ? TimeSpan.FromDays(given) : null };
        await DeleteAsync(At.AddDays(199), keep);
        Assert.Equal([entry], await ReadAsync(transaction => ChangelogStore.LatestAsync(transaction, "hal", 5)));
        await DeleteAsync(At.AddYears(5), keep);
        Assert.Equal(
            [days is null ? entry : entry with { By = default }], await ReadAsync(transaction => ChangelogStore.LatestAsync(transaction, "hal", 5)));
    }

    [Fact]
    public async Task The_lease_is_one_holders_until_it_is_released_and_each_holder_begins_an_epoch()
    {
        Assert.Equal("", (await LeaseAsync((transaction, _) => LeaseStore.ReadAsync(transaction))).Holder);
        var first = Assert.NotNull(await TakeAsync("a", TimeSpan.FromHours(1)));
        Assert.Null(await TakeAsync("b", TimeSpan.FromHours(1)));
        Assert.True(await KeepAsync(first));
        Assert.False(await KeepAsync(first, holder: "b"));
        await ReleaseAsync(first, "b");
        var row = await LeaseAsync((transaction, _) => LeaseStore.ReadAsync(transaction));
        Assert.Equal(("a", first), (row.Holder, row.Epoch));
        await ReleaseAsync(first);
        Assert.False(await KeepAsync(first));
        Assert.Equal(first + 1, await TakeAsync("b", TimeSpan.FromHours(1)));
        await ReleaseAsync(first);
        Assert.Null(await TakeAsync("a", TimeSpan.FromHours(1)));
        Assert.Equal(first + 2, await TakeAsync("b", TimeSpan.FromHours(1)));
        Assert.Equal(3, await ReadAsync(transaction => Sql.RunAsync(transaction.Connection, "SELECT COUNT(DISTINCT epoch) FROM lease_history")));
    }

    [Fact]
    public async Task An_expired_lease_is_its_holders_until_another_takes_it()
    {
        var first = Assert.NotNull(await TakeAsync("a", TimeSpan.Zero));
        Assert.True(await KeepAsync(first, TimeSpan.Zero));
        Assert.Equal(first + 1, await TakeAsync("b", TimeSpan.FromHours(1)));
        Assert.False(await KeepAsync(first));
    }

    [Fact]
    public async Task The_history_of_the_lease_is_bounded()
    {
        await WriteAsync(transaction => Sql.RunAsync(transaction.Connection, "UPDATE lease SET epoch = 5000", transaction.Transaction));
        await WriteAsync(transaction => Sql.RunAsync(
            transaction.Connection, "INSERT INTO lease_history (name, epoch, holder, taken_at) VALUES ('speaker', 4001, 'a', 0), ('speaker', 4002, 'a', 0)", transaction.Transaction));
        await TakeAsync("b", TimeSpan.Zero);
        Assert.Equal(4002, await ReadAsync(transaction => Sql.RunAsync(transaction.Connection, "SELECT MIN(epoch) FROM lease_history")));
    }

    [Fact]
    public async Task Who_has_lost_the_lease_finds_nothing_to_deliver_and_writes_nothing()
    {
        _database.Fence(Assert.NotNull(await TakeAsync("a", TimeSpan.Zero)));
        await WriteAsync(transaction => OutboxStore.AddAsync(transaction, OutboxStore.LineKind, "#g", Audience.Public, "un", At));
        var row = Assert.Single(await PendingAsync());
        await using var other = await OpenAsync();
        Assert.NotNull(await other.LeaseAsync((transaction, now) => LeaseStore.TakeAsync(transaction, "b", now, TimeSpan.FromHours(1)), CancellationToken.None));
        Assert.Empty(await PendingAsync());
        await Assert.ThrowsAsync<LeaseLostException>(() => _database.WriteAsync(
            transaction => OutboxStore.DoneAsync(transaction, row.Id, At), CancellationToken.None));
        Assert.Equal("un", Assert.Single(await other.ReadAsync(
            transaction => OutboxStore.PendingAsync(transaction, OutboxStore.LineKind, "#g", 10), CancellationToken.None)).Payload);

        Task<IReadOnlyList<OutboxRow>> PendingAsync() => ReadAsync(transaction => OutboxStore.PendingAsync(transaction, OutboxStore.LineKind, "#g", 10));
    }

    private Task<T> LeaseAsync<T>(Func<StoreTransaction, DateTimeOffset, Task<T>> work) => _database.LeaseAsync(work, CancellationToken.None);

    private Task<long?> TakeAsync(string holder, TimeSpan time) => LeaseAsync((transaction, now) => LeaseStore.TakeAsync(transaction, holder, now, time));

    private Task<bool> KeepAsync(long epoch, TimeSpan? time = null, string holder = "a") =>
        LeaseAsync((transaction, now) => LeaseStore.KeepAsync(transaction, holder, epoch, now, time ?? TimeSpan.FromHours(1)));

    private Task<bool> ReleaseAsync(long epoch, string holder = "a") => LeaseAsync(async (transaction, _) =>
    {
        await LeaseStore.ReleaseAsync(transaction, holder, epoch);
        return true;
    });

    private async Task DeleteAsync(DateTimeOffset now, RetentionSettings? keep = null)
    {
        while ((await Retention.RunAsync(_database, keep ?? Keep, PublicNames.None, now, CancellationToken.None)).IsMore)
        {
        }
    }

    private Task<T> WriteAsync<T>(Func<StoreTransaction, Task<T>> write) => _database.WriteAsync(write, CancellationToken.None);

    private Task<T> ReadAsync<T>(Func<StoreTransaction, Task<T>> read) => _database.ReadAsync(read, CancellationToken.None);

    private static Incident Open(string service) => new()
    {
        Machine = Name.OfMachine("hal"),
        Service = Name.OfService(service),
        State = CheckState.Critical,
        OpenedAt = At,
    };
}

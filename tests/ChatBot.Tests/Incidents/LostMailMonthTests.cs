using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Reports;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Irc;
using ChatBot.Tests.Monitoring;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>The month of <see cref="SimulatedMonthTests"/> with mails that are lost or come late, beside the state of its Nagios.</summary>
public sealed class LostMailMonthTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Stride = TimeSpan.FromMinutes(10);

    // A kill forgets for how long a difference was seen.
    private static readonly TimeSpan Slack = (DriftFinder.Patience * 2) + TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongWell = TimeSpan.FromHours(6);

    private const int CloseSteps = 2;

    private readonly NagiosFiles _files = new();
    private readonly Dictionary<(string Machine, string? Service), SimulatedMonth.Turned> _states = [];
    private readonly Dice _kills = new(7);
    private Engine _engine = null!;
    private TimeSpan? _lookIn;

    public async ValueTask InitializeAsync() => _engine = await Engine.StartAsync(settings => settings with
    {
        Inventory = SimulatedMonth.Inventory,
        Nagios = new NagiosSettings(null, _files.StatusFile),
    });

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _files.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_state_makes_good_what_mails_did_not_bring_or_brought_late(int seed)
    {
        var month = new SimulatedMonth(seed, Now, isMailReliable: false);
        await RunAsync(month);

        var incidents = await AnnouncedRightly.AllOverAsync(_engine);
        var (seen, found, gone) = (0, 0, 0);
        foreach (var trouble in month.Troubles)
        {
            var its = incidents.FindAll(one => IsAbout(one, trouble));
            if (IsReliable(month, trouble))
            {
                Assert.True(its.Exists(one => AnnouncedRightly.IsOf(one, trouble)), $"seed {seed}: {trouble} has no incident");
                Assert.True(trouble.IsFlapping || its.Count == 1, $"seed {seed}: {trouble} has {its.Count} incidents");
            }
            else if (!trouble.IsFlapping && SeenAt(month, trouble) is { } seenAt)
            {
                seen++;
                Assert.True(
                    its.Exists(one => one.OpenedAt <= seenAt + Slack && (one.ClosedAt!.Value - trouble.To).Duration() <= Slack),
                    $"seed {seed}: {trouble} has no incident of its length");
            }
        }

        foreach (var incident in incidents)
        {
            await AnnouncedRightly.AssertAsync(_engine, incident, seed);
            var story = (await _engine.Incidents.StoryAsync(incident.Number, default)).Select(step => step.Reason).ToList();
            (found, gone) = (found + story.Count(why => why == Reason.FoundInMonitor), gone + story.Count(why => why == Reason.GoneInMonitor));
        }

        var recoveredFirst = month.Late.Count(late => !late.Due.IsRecovery && IsOver(month, late.Arrived));
        output.WriteLine(
            $"seed {seed}: {incidents.Count} incidents, {month.Mails.Count} mails, {month.Lost.Count} lost, {month.Late.Count} late ({recoveredFirst} after their recovery), {seen} troubles without one of their mails, {found} found and {gone} ended by the state");
        Assert.All([month.Lost.Count, recoveredFirst, seen, found, gone], count => Assert.True(count > 0));
    }

    private DateTimeOffset Now => _engine.Time.GetUtcNow();

    private async Task RunAsync(SimulatedMonth month)
    {
        var mails = month.Mails.Select(mail => (mail.At, Do: (Func<Task>)(() => TakeAsync(mail.Mail))));
        var states = month.States.Select(state => (state.At, Do: (Func<Task>)(() =>
        {
            Show(state);
            return Task.CompletedTask;
        })));
        foreach (var (at, act) in mails.Concat(states).OrderBy(one => one.At))
        {
            await PassUntilAsync(at);
            await act();
            _lookIn = await _engine.Monitor.TurnAsync(CancellationToken.None);
            if (_kills.OneIn(50))
            {
                await DrainAsync();
            }
        }

        for (var i = 0; i < 60; i++)
        {
            await PassUntilAsync(Now.AddHours(1));
        }
    }

    // Closely for as long as something may be due; with nothing open, to what comes next.
    private async Task PassUntilAsync(DateTimeOffset at)
    {
        for (var steps = 0; at > Now; steps++)
        {
            var step = at - Now;
            if (steps < CloseSteps || (await _engine.Incidents.OpenAsync(null, CancellationToken.None)).Count > 0)
            {
                step = Sooner(step, steps < CloseSteps ? Step : Stride);
            }

            await _engine.PassAsync(Sooner(step, _lookIn));
            _lookIn = await _engine.Monitor.TurnAsync(CancellationToken.None);
        }
    }

    private static TimeSpan Sooner(TimeSpan one, TimeSpan? other) => other < one ? other.Value : one;

    private Task<long> DrainAsync() => _engine.Database.WriteAsync(
        transaction => Sql.RunAsync(transaction.Connection, "DELETE FROM outbox", transaction.Transaction), CancellationToken.None);

    private async Task TakeAsync(string mail)
    {
        await _engine.TakeAsync(mail);
        if (_kills.OneIn(200))
        {
            await _engine.KillAsync();
        }
    }

    // What has been well for long is left out: there is nothing to compare, and much to read.
    private void Show(SimulatedMonth.Turned turned)
    {
        _states[(turned.Machine, turned.Service)] = turned;
        foreach (var (check, state) in _states)
        {
            if (state.State.IsGood() && state.At < Now - LongWell)
            {
                _states.Remove(check);
            }
        }

        _files.WriteState(Now, [.. _states.Values.Select(Block)]);
    }

    private static string Block(SimulatedMonth.Turned turned) => turned.Service is { } service
        ? NagiosFiles.Service(turned.Machine, service, turned.State == CheckState.Ok ? 0 : 2)
        : NagiosFiles.Host(turned.Machine, turned.State switch { CheckState.Up => 0, CheckState.Down => 1, _ => 2 });

    private static bool IsAbout(Incident incident, SimulatedMonth.Trouble trouble) =>
        AnnouncedRightly.IsOfCheck(incident, trouble) && incident.OpenedAt <= trouble.To + Slack && incident.ClosedAt >= trouble.From;

    // No mail about its check that was lost or late came or should have come during it.
    private static bool IsReliable(SimulatedMonth month, SimulatedMonth.Trouble trouble) =>
        !month.Lost.Concat(month.Late.SelectMany(late => new[] { late.Due, late.Arrived })).Any(mail =>
            (mail.Machine, mail.Service) == (trouble.Machine, trouble.Service) && mail.At >= trouble.From && mail.At <= trouble.To + Slack);

    private static bool IsOver(SimulatedMonth month, SimulatedMonth.Sent mail) => !month.Troubles.Any(trouble =>
        (mail.Machine, mail.Service) == (trouble.Machine, trouble.Service) && mail.At >= trouble.From && mail.At <= trouble.To);

    // From when on the monitor shows it as its own trouble, which is not that of its machine; null where it is not for long enough.
    private static DateTimeOffset? SeenAt(SimulatedMonth month, SimulatedMonth.Trouble trouble)
    {
        if (trouble.State == CheckState.Unreachable)
        {
            return null;
        }

        var from = month.Troubles
            .Where(down => trouble.Service is not null && down.Service is null && down.Machine == trouble.Machine && down.From < trouble.To && down.To > trouble.From)
            .Select(down => down.To)
            .Append(trouble.From)
            .Max();
        return trouble.To - from > Slack ? from : null;
    }
}

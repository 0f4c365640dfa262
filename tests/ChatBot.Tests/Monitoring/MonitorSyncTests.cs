using ChatBot.Core.Incidents;
using ChatBot.Core.Text;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Monitoring;

/// <summary>From an acknowledgement to the monitor and back, with the monitor's files and the engine's store.</summary>
public sealed class MonitorSyncTests
{
    private const string Told = "[hal] IMAP #1 : Nagios est prévenu";

    [Fact]
    public async Task Nagios_is_told_and_the_channel_only_once_its_own_state_shows_it()
    {
        await using var scene = await MonitorScene.StartAsync();
        await scene.FailAsync();
        await scene.AckAsync();
        await scene.TurnAsync();
        Assert.Equal(
            $"[{scene.Now.ToUnixTimeSeconds()}] ACKNOWLEDGE_SVC_PROBLEM;hal.globenet.org;IMAP;2;0;0;lunar;je regarde (ChatBot #1)\n", scene.Files.Take());
        await scene.SeeAsync(2);
        Assert.Equal(0, await scene.SaidAsync(Told));

        await scene.SeeAsync(2, acknowledged: true);
        Assert.Equal(1, await scene.SaidAsync(Told));
        await scene.SeeAsync(2, acknowledged: true);
        Assert.Equal(1, await scene.SaidAsync(Told));
        Assert.Equal("shown", scene.End(0));
        Assert.Equal("", scene.Files.Take());
    }

    [Fact]
    public async Task What_another_program_told_is_taken_here_alone()
    {
        await using var scene = await MonitorScene.StartAsync();
        await scene.Engine.TakeAsync(scene.Engine.Mail(Sample.Named("300").Bytes));
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(6));
        await scene.AckAsync();
        await scene.UnackAsync();
        await scene.TurnAsync();
        await scene.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("", scene.Files.Take());
        Assert.Equal(0, await scene.SaidAsync("Nagios"));
        Assert.Equal(1, await scene.SaidAsync("pris par lunar"));
    }

    [Theory]
    [InlineData("x;y\n[0] SHUTDOWN_PROGRAM")]
    [InlineData("$(reboot) `reboot` | tee \\ & > < ~ \"' \0 \r [0] RESTART_PROGRAM;")]
    [InlineData("\u2028[0] SHUTDOWN_PROGRAM\u0085[0] SHUTDOWN_PROGRAM")]
    public async Task No_reason_is_more_than_a_comment(string reason)
    {
        await using var scene = await MonitorScene.StartAsync();
        await scene.FailAsync();
        await scene.AckAsync(reason);
        await scene.TurnAsync();
        var written = scene.Files.Take();
        Assert.Equal(written.Length - 1, written.IndexOf('\n', StringComparison.Ordinal));
        Assert.Equal(7, written.Count(sign => sign == ';'));
        Assert.Empty(written.Intersect("`~$&|<>\\\"'\0\r"));
        Assert.EndsWith(" (ChatBot #1)\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_reads_the_command_file_which_is_told_once_and_tried_until_it_works()
    {
        await using var scene = await MonitorScene.StartAsync(isRunning: false);
        scene.Files.MakeFifo();
        await scene.FailAsync();
        await scene.AckAsync();
        const string trouble = "[hal] IMAP #1 : Nagios n'est pas encore prévenu, personne ne lit son fichier de commandes ; je réessaie";
        Assert.Equal(TimeSpan.FromSeconds(5), await scene.TurnAsync());
        Assert.Equal(1, await scene.SaidAsync(trouble));
        Assert.Equal(TimeSpan.FromSeconds(10), await scene.PassAsync(TimeSpan.FromSeconds(5)));
        Assert.Equal(TimeSpan.FromSeconds(20), await scene.PassAsync(TimeSpan.FromSeconds(10)));
        for (var time = 20; time < 1000; time *= 2)
        {
            await scene.PassAsync(TimeSpan.FromSeconds(time));
        }

        Assert.Equal(TimeSpan.FromMinutes(5), await scene.PassAsync(TimeSpan.FromMinutes(5)));
        Assert.Equal(1, await scene.SaidAsync(trouble));

        scene.Files.Listen();
        await scene.SeeAsync(2); // It lives again: not one more minute is waited.
        Assert.Contains("ACKNOWLEDGE_SVC_PROBLEM;hal.globenet.org;IMAP;", scene.Files.Take(), StringComparison.Ordinal);
        await scene.SeeAsync(2, acknowledged: true);
        Assert.Equal(1, await scene.SaidAsync(Told));
    }

    [Fact]
    public async Task An_impostor_in_the_place_of_the_command_file_gets_not_a_byte()
    {
        await using var scene = await MonitorScene.StartAsync(isRunning: false);
        await File.WriteAllTextAsync(scene.Files.CommandFile, "");
        await scene.FailAsync();
        await scene.AckAsync();
        await scene.TurnAsync();
        Assert.Equal(0, new FileInfo(scene.Files.CommandFile).Length);
        Assert.Equal(1, await scene.SaidAsync("n'est pas un tube"));

        File.Delete(scene.Files.CommandFile);
        scene.Files.MakeFifo("elsewhere");
        File.CreateSymbolicLink(scene.Files.CommandFile, scene.Files["elsewhere"]);
        scene.Files.Listen();
        await scene.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("", scene.Files.Take());
        Assert.Null(scene.End(0));
        Assert.Equal(1, await scene.SaidAsync("n'est pas un tube"));
    }

    [Fact]
    public async Task A_full_command_file_is_told_and_tried_again()
    {
        await using var scene = await MonitorScene.StartAsync();
        scene.Files.Fill();
        await scene.FailAsync();
        await scene.AckAsync();
        await scene.TurnAsync();
        Assert.Equal(1, await scene.SaidAsync("son fichier de commandes est plein"));
        Assert.DoesNotContain("ACKNOWLEDGE", scene.Files.Take(), StringComparison.Ordinal);
        await scene.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Contains("ACKNOWLEDGE", scene.Files.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kill_after_the_command_neither_repeats_nor_forgets_it()
    {
        await using var scene = await MonitorScene.StartAsync();
        await scene.FailAsync();
        await scene.AckAsync();
        await scene.TurnAsync();
        Assert.NotEqual("", scene.Files.Take());
        await scene.Engine.KillAsync();
        await scene.TurnAsync();
        await scene.SeeAsync(2);
        Assert.Equal("", scene.Files.Take());
        await scene.SeeAsync(2, acknowledged: true);
        Assert.Equal(1, await scene.SaidAsync(Told));
    }

    [Fact]
    public async Task A_command_that_Nagios_lost_is_written_again_and_one_without_a_newer_state_is_told_as_unconfirmed()
    {
        await using var scene = await MonitorScene.StartAsync();
        await scene.FailAsync();
        await scene.AckAsync();
        Assert.Equal(TimeSpan.FromSeconds(60), await scene.TurnAsync());
        Assert.NotEqual("", scene.Files.Take());
        await scene.PassAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(1, await scene.SaidAsync("la commande est écrite mais pas confirmée"));
        Assert.Equal("", scene.Files.Take());
        await scene.SeeAsync(2);
        Assert.Contains("ACKNOWLEDGE", scene.Files.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_events_overtook_is_dropped_with_its_reason_and_nothing_is_said_of_it()
    {
        await using var scene = await MonitorScene.StartAsync(isRunning: false);
        await scene.FailAsync();
        await scene.AckAsync();
        await scene.UnackAsync();
        scene.Engine.Time.Advance(TimeSpan.FromSeconds(1));
        await scene.AckAsync("encore");
        scene.Files.MakeFifo();
        scene.Files.Listen();
        await scene.TurnAsync();
        Assert.Equal("superseded", scene.End(0));
        Assert.Equal("superseded", scene.End(1));
        Assert.Single(scene.Files.Take(), '\n');

        await scene.Engine.TakeAsync(Nagios.Recovery(MonitorScene.Host, "IMAP"));
        await scene.TurnAsync();
        Assert.Equal("incident-ended", scene.End(2));
        Assert.Equal(0, await scene.SaidAsync("Nagios"));
    }

    [Fact]
    public async Task What_is_well_in_Nagios_or_unknown_to_it_is_said()
    {
        await using var scene = await MonitorScene.StartAsync();
        await scene.FailAsync();
        await scene.AckAsync();
        await scene.SeeAsync(0);
        Assert.Equal(1, await scene.SaidAsync("[hal] IMAP #1 : tout va déjà bien pour Nagios, il n'y a rien à y acquitter"));
        Assert.Equal("already-well", scene.End(0));

        await scene.Engine.TakeAsync(Nagios.Problem(MonitorScene.Host, "LDAP"));
        var taken = new ChatBot.Core.Incidents.Acknowledgement(PublicText.Declared("lunar"), default, scene.Now, scene.Now.AddHours(1));
        await scene.Engine.Incidents.AcknowledgeAsync([2], taken, null, CancellationToken.None);
        await scene.SeeAsync(0);
        Assert.Equal(1, await scene.SaidAsync("[hal] LDAP #2 : Nagios ne le connaît pas sous ce nom, il n'est pas prévenu"));
        Assert.Equal("", scene.Files.Take());
    }

    [Fact]
    public async Task Letting_go_and_the_end_of_the_time_remove_the_acknowledgement()
    {
        await using var scene = await MonitorScene.StartAsync();
        await scene.FailAsync();
        await scene.AckAsync();
        await scene.TurnAsync();
        await scene.SeeAsync(2, acknowledged: true);
        scene.Files.Take();
        await scene.UnackAsync();
        await scene.TurnAsync();
        Assert.Contains("] REMOVE_SVC_ACKNOWLEDGEMENT;hal.globenet.org;IMAP\n", scene.Files.Take(), StringComparison.Ordinal);
        await scene.SeeAsync(2);
        Assert.Equal(1, await scene.SaidAsync("[hal] IMAP #1 : l'acquittement est retiré dans Nagios"));

        await scene.AckAsync();
        await scene.TurnAsync();
        await scene.SeeAsync(2, acknowledged: true);
        scene.Files.Take();
        await scene.Engine.PassAsync(TimeSpan.FromHours(2));
        await scene.SeeAsync(2, acknowledged: true);
        Assert.Contains("] REMOVE_SVC_ACKNOWLEDGEMENT;hal.globenet.org;IMAP\n", scene.Files.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_downtime_is_announced_for_the_machine_and_its_services_and_taken_back()
    {
        await using var scene = await MonitorScene.StartAsync();
        var (from, until) = (scene.Now.AddHours(1), scene.Now.AddHours(3));
        await scene.OrderAsync(new MonitorOrder.ScheduleDowntime(
            "i7", PublicText.Declared("hal"), from, until, PublicText.Declared("lunar"), new RootText("disque; neuf")));
        var span = $"{from.ToUnixTimeSeconds()};{until.ToUnixTimeSeconds()};1;0;7200;lunar;disque, neuf (ChatBot i7)\n";
        var at = $"[{scene.Now.ToUnixTimeSeconds()}]";
        Assert.Equal(
            $"{at} SCHEDULE_HOST_DOWNTIME;hal.globenet.org;{span}{at} SCHEDULE_HOST_SVC_DOWNTIME;hal.globenet.org;{span}", scene.Files.Take());
        await scene.SeeAsync(0, more: NagiosFiles.Downtime(MonitorScene.Host, 12, "disque, neuf (ChatBot i7)"));
        Assert.Equal(1, await scene.SaidAsync("[hal] intervention #7 : maintenance planifiée dans Nagios"));

        await scene.OrderAsync(new MonitorOrder.CancelDowntime("i7", PublicText.Declared("hal")));
        Assert.EndsWith("] DEL_HOST_DOWNTIME;12\n", scene.Files.Take(), StringComparison.Ordinal);
        await scene.SeeAsync(0);
        Assert.Equal(1, await scene.SaidAsync("[hal] intervention #7 : maintenance annulée dans Nagios"));
    }

    [Fact]
    public async Task A_state_that_cannot_be_read_is_told_and_nothing_is_written_by_guess()
    {
        await using var scene = await MonitorScene.StartAsync();
        await scene.FailAsync();
        File.Delete(scene.Files.StatusFile);
        await scene.AckAsync();
        await scene.TurnAsync();
        Assert.Equal(1, await scene.SaidAsync("Nagios n'est pas encore prévenu, son fichier d'état n'existe pas"));
        Assert.Equal("", scene.Files.Take());
        await scene.SeeAsync(2);
        Assert.NotEqual("", scene.Files.Take());
    }
}

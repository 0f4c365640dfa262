using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Monitoring;

/// <summary>From an acknowledgement to the monitor and back, with the monitor's files and the engine's store.</summary>
public sealed class MonitorSyncTests
{
    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Nagios_is_told_and_the_channel_only_once_its_own_state_shows_it(Locale locale)
    {
        await using var scene = await MonitorScene.StartAsync(locale: locale);
        await scene.FailAsync();
        await scene.AckAsync();
        await scene.TurnAsync();
        Assert.Equal(
            $"[{scene.Now.ToUnixTimeSeconds()}] ACKNOWLEDGE_SVC_PROBLEM;hal.globenet.org;IMAP;2;0;0;lunar;je regarde (ChatBot #1)\n", scene.Files.Take());
        await scene.SeeAsync(2);
        Assert.Equal(0, await scene.SaidAsync(Told(scene)));

        await scene.SeeAsync(2, acknowledged: true);
        Assert.Equal(1, await scene.SaidAsync(Told(scene)));
        await scene.SeeAsync(2, acknowledged: true);
        Assert.Equal(1, await scene.SaidAsync(Told(scene)));
        Assert.Equal("shown", scene.End(0));
        Assert.Equal("", scene.Files.Take());
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_another_program_told_is_taken_here_alone(Locale locale)
    {
        await using var scene = await MonitorScene.StartAsync(locale: locale);
        await scene.Engine.TakeAsync(scene.Engine.Mail(Sample.Named("300").Bytes));
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(6));
        await scene.AckAsync();
        await scene.UnackAsync();
        await scene.TurnAsync();
        await scene.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("", scene.Files.Take());
        Assert.Equal(0, await scene.SaidAsync("Nagios"));
        Assert.Equal(1, await scene.SaidAsync(scene.In("pris par lunar", "acknowledged by lunar")));
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

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Nobody_reads_the_command_file_which_is_told_once_and_tried_until_it_works(Locale locale)
    {
        await using var scene = await MonitorScene.StartAsync(isRunning: false, locale: locale);
        scene.Files.MakeFifo();
        await scene.FailAsync();
        await scene.AckAsync();
        var trouble = scene.In(
            "[hal] IMAP #1 : Nagios n'est pas encore prévenu, personne ne lit son fichier de commandes ; je réessaie",
            "[hal] IMAP #1: Nagios not notified yet, nobody reads its command file; retrying");
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
        Assert.Equal(1, await scene.SaidAsync(Told(scene)));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_impostor_in_the_place_of_the_command_file_gets_not_a_byte(Locale locale)
    {
        await using var scene = await MonitorScene.StartAsync(isRunning: false, locale: locale);
        await File.WriteAllTextAsync(scene.Files.CommandFile, "");
        await scene.FailAsync();
        await scene.AckAsync();
        await scene.TurnAsync();
        Assert.Equal(0, new FileInfo(scene.Files.CommandFile).Length);
        Assert.Equal(1, await scene.SaidAsync(scene.In("n'est pas un tube", "is not a FIFO")));

        File.Delete(scene.Files.CommandFile);
        scene.Files.MakeFifo("elsewhere");
        File.CreateSymbolicLink(scene.Files.CommandFile, scene.Files["elsewhere"]);
        scene.Files.Listen();
        await scene.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("", scene.Files.Take());
        Assert.Null(scene.End(0));
        Assert.Equal(1, await scene.SaidAsync(scene.In("n'est pas un tube", "is not a FIFO")));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_full_command_file_is_told_and_tried_again(Locale locale)
    {
        await using var scene = await MonitorScene.StartAsync(locale: locale);
        scene.Files.Fill();
        await scene.FailAsync();
        await scene.AckAsync();
        await scene.TurnAsync();
        Assert.Equal(1, await scene.SaidAsync(scene.In("son fichier de commandes est plein", "its command file is full")));
        Assert.DoesNotContain("ACKNOWLEDGE", scene.Files.Take(), StringComparison.Ordinal);
        await scene.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Contains("ACKNOWLEDGE", scene.Files.Take(), StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_kill_after_the_command_neither_repeats_nor_forgets_it(Locale locale)
    {
        await using var scene = await MonitorScene.StartAsync(locale: locale);
        await scene.FailAsync();
        await scene.AckAsync();
        await scene.TurnAsync();
        Assert.NotEqual("", scene.Files.Take());
        await scene.Engine.KillAsync();
        await scene.TurnAsync();
        await scene.SeeAsync(2);
        Assert.Equal("", scene.Files.Take());
        await scene.SeeAsync(2, acknowledged: true);
        Assert.Equal(1, await scene.SaidAsync(Told(scene)));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_command_that_Nagios_lost_is_written_again_and_one_without_a_newer_state_is_told_as_unconfirmed(Locale locale)
    {
        await using var scene = await MonitorScene.StartAsync(locale: locale);
        await scene.FailAsync();
        await scene.AckAsync();
        Assert.Equal(TimeSpan.FromSeconds(60), await scene.TurnAsync());
        Assert.NotEqual("", scene.Files.Take());
        await scene.PassAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(1, await scene.SaidAsync(scene.In("la commande est écrite mais pas confirmée", "the command is written but not confirmed")));
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

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_is_well_in_Nagios_or_unknown_to_it_is_said(Locale locale)
    {
        await using var scene = await MonitorScene.StartAsync(locale: locale);
        await scene.FailAsync();
        await scene.AckAsync();
        await scene.SeeAsync(0);
        Assert.Equal(1, await scene.SaidAsync(scene.In(
            "[hal] IMAP #1 : tout va déjà bien pour Nagios, il n'y a rien à y acquitter",
            "[hal] IMAP #1: already OK in Nagios, nothing to acknowledge there")));
        Assert.Equal("already-well", scene.End(0));

        await scene.Engine.TakeAsync(Nagios.Problem(MonitorScene.Host, "LDAP"));
        var taken = new ChatBot.Core.Incidents.Acknowledgement(PublicText.Declared("lunar"), default, scene.Now, scene.Now.AddHours(1));
        await scene.Engine.Incidents.AcknowledgeAsync([2], taken, null, CancellationToken.None);
        await scene.SeeAsync(0);
        Assert.Equal(1, await scene.SaidAsync(scene.In(
            "[hal] LDAP #2 : Nagios ne le connaît pas sous ce nom, il n'est pas prévenu",
            "[hal] LDAP #2: Nagios does not know it by this name and was not notified")));
        Assert.Equal("", scene.Files.Take());
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Letting_go_and_the_end_of_the_time_remove_the_acknowledgement(Locale locale)
    {
        await using var scene = await MonitorScene.StartAsync(locale: locale);
        await scene.FailAsync();
        await scene.AckAsync();
        await scene.TurnAsync();
        await scene.SeeAsync(2, acknowledged: true);
        scene.Files.Take();
        await scene.UnackAsync();
        await scene.TurnAsync();
        Assert.Contains("] REMOVE_SVC_ACKNOWLEDGEMENT;hal.globenet.org;IMAP\n", scene.Files.Take(), StringComparison.Ordinal);
        await scene.SeeAsync(2);
        Assert.Equal(1, await scene.SaidAsync(scene.In(
            "[hal] IMAP #1 : l'acquittement est retiré dans Nagios",
            "[hal] IMAP #1: acknowledgement removed in Nagios")));

        await scene.AckAsync();
        await scene.TurnAsync();
        await scene.SeeAsync(2, acknowledged: true);
        scene.Files.Take();
        await scene.Engine.PassAsync(TimeSpan.FromHours(2));
        await scene.SeeAsync(2, acknowledged: true);
        Assert.Contains("] REMOVE_SVC_ACKNOWLEDGEMENT;hal.globenet.org;IMAP\n", scene.Files.Take(), StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_downtime_is_announced_for_the_machine_and_its_services_and_taken_back(Locale locale)
    {
        await using var scene = await MonitorScene.StartAsync(locale: locale);
        var (from, until) = (scene.Now.AddHours(1), scene.Now.AddHours(3));
        await scene.OrderAsync(new MonitorOrder.ScheduleDowntime(
            "i7", PublicText.Declared("hal"), from, until, PublicText.Declared("lunar"), new RootText("disque; neuf")));
        var span = $"{from.ToUnixTimeSeconds()};{until.ToUnixTimeSeconds()};1;0;7200;lunar;disque, neuf (ChatBot i7)\n";
        var at = $"[{scene.Now.ToUnixTimeSeconds()}]";
        Assert.Equal(
            $"{at} SCHEDULE_HOST_DOWNTIME;hal.globenet.org;{span}{at} SCHEDULE_HOST_SVC_DOWNTIME;hal.globenet.org;{span}", scene.Files.Take());
        await scene.SeeAsync(0, more: NagiosFiles.Downtime(MonitorScene.Host, 12, "disque, neuf (ChatBot i7)"));
        Assert.Equal(1, await scene.SaidAsync(scene.In(
            "[hal] intervention #7 : maintenance planifiée dans Nagios",
            "[hal] intervention #7: downtime scheduled in Nagios")));

        await scene.OrderAsync(new MonitorOrder.CancelDowntime("i7", PublicText.Declared("hal")));
        Assert.EndsWith("] DEL_HOST_DOWNTIME;12\n", scene.Files.Take(), StringComparison.Ordinal);
        await scene.SeeAsync(0);
        Assert.Equal(1, await scene.SaidAsync(scene.In(
            "[hal] intervention #7 : maintenance annulée dans Nagios",
            "[hal] intervention #7: downtime cancelled in Nagios")));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_state_that_cannot_be_read_is_told_and_nothing_is_written_by_guess(Locale locale)
    {
        await using var scene = await MonitorScene.StartAsync(locale: locale);
        await scene.FailAsync();
        File.Delete(scene.Files.StatusFile);
        await scene.AckAsync();
        await scene.TurnAsync();
        Assert.Equal(1, await scene.SaidAsync(scene.In(
            "Nagios n'est pas encore prévenu, son fichier d'état n'existe pas",
            "Nagios not notified yet, its status file does not exist")));
        Assert.Equal("", scene.Files.Take());
        await scene.SeeAsync(2);
        Assert.NotEqual("", scene.Files.Take());
    }

    private static string Told(MonitorScene scene) => scene.In("[hal] IMAP #1 : Nagios est prévenu", "[hal] IMAP #1: Nagios notified");
}

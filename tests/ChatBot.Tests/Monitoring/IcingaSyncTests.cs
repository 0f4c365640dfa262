using System.Text.Json;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Monitoring;

/// <summary>From an acknowledgement to Icinga 2 and back, with a scripted API and the engine's store.</summary>
public sealed class IcingaSyncTests
{
    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Icinga_is_told_and_the_channel_once_its_state_shows_it(Locale locale)
    {
        await using var scene = await IcingaScene.StartAsync(locale: locale);
        await scene.FailAndAckAsync("x\"}; $(reboot) é");
        Assert.Equal(TimeSpan.FromSeconds(1), await scene.TurnAsync());
        var (path, body) = Split(Assert.Single(scene.Icinga.TakePosted()));
        Assert.Equal("v1/actions/acknowledge-problem", path);
        Assert.Equal(
            """{"type":"Service","service":"hal.globenet.org!IMAP","author":"lunar","comment":"x }, (reboot) \u00E9 (ChatBot #1)","sticky":true,"notify":false,"persistent":false}""",
            body.GetRawText());
        await scene.PassAsync(1);
        Assert.Equal(0, await scene.SaidAsync(Told(scene)));

        scene.State(2, acknowledgement: 2, comments: Comment("lunar", "je regarde (ChatBot #1)"));
        Assert.Equal(0, await scene.SaidAsync(Told(scene)));
        await scene.PassAsync(15);
        Assert.Equal(1, await scene.SaidAsync(Told(scene)));
        await scene.PassAsync(60);
        Assert.Equal(1, await scene.SaidAsync(Told(scene)));
        Assert.Equal(0, await scene.SaidAsync(scene.In("acquitté", "acknowledged in")));
        Assert.Empty(scene.Icinga.TakePosted());
    }

    [Fact]
    public async Task Its_state_is_asked_for_each_minute_and_each_15_seconds_while_an_order_waits()
    {
        await using var scene = await IcingaScene.StartAsync();
        Assert.Equal(TimeSpan.FromSeconds(60), await scene.TurnAsync());
        Assert.Equal(5, scene.Icinga.Asked.Count);
        Assert.Equal(TimeSpan.FromSeconds(1), await scene.PassAsync(59));
        Assert.Equal(5, scene.Icinga.Asked.Count);
        await scene.PassAsync(1);
        Assert.Equal(10, scene.Icinga.Asked.Count);

        await scene.FailAndAckAsync();
        await scene.TurnAsync(); // At once, for the order; and told.
        Assert.Equal(16, scene.Icinga.Asked.Count);
        await scene.PassAsync(1);
        Assert.Equal(21, scene.Icinga.Asked.Count);
        Assert.Equal(TimeSpan.FromSeconds(1), await scene.PassAsync(14));
        Assert.Equal(21, scene.Icinga.Asked.Count);
        await scene.PassAsync(1);
        Assert.Equal(26, scene.Icinga.Asked.Count);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Unack_and_downtimes_reach_it_by_its_own_names(Locale locale)
    {
        await using var scene = await IcingaScene.StartAsync(locale: locale);
        await scene.OrderAsync(new MonitorOrder.ScheduleDowntime(
            "i7", PublicText.Declared("hal"), scene.Now, scene.Now.AddHours(1), PublicText.Declared("lunar"), new RootText("disque")));
        var from = scene.Now.ToUnixTimeSeconds();
        var (path, body) = Split(Assert.Single(scene.Icinga.TakePosted()));
        Assert.Equal("v1/actions/schedule-downtime", path);
        Assert.Equal(
            $$"""{"type":"Host","host":"hal.globenet.org","author":"lunar","comment":"disque (ChatBot i7)","start_time":{{from}},"end_time":{{from + 3600}},"duration":3600,"fixed":true,"all_services":true}""",
            body.GetRawText());
        scene.State(0, downtimes: string.Join(',', Downtime("hal.globenet.org!84ea", ""), Downtime("hal.globenet.org!IMAP!05dd", "IMAP")));
        await scene.PassAsync(1);
        Assert.Equal(1, await scene.SaidAsync(scene.In(
            "[hal] intervention #7 : maintenance planifiée dans Icinga",
            "[hal] intervention #7: downtime scheduled in Icinga")));

        await scene.OrderAsync(new MonitorOrder.CancelDowntime("i7", PublicText.Declared("hal")));
        Assert.Equal(
            ["""v1/actions/remove-downtime {"type":"Downtime","downtime":"hal.globenet.org!84ea"}"""], scene.Icinga.TakePosted());
        scene.State(0);
        await scene.PassAsync(1);
        Assert.Equal(1, await scene.SaidAsync(scene.In(
            "[hal] intervention #7 : maintenance annulée dans Icinga",
            "[hal] intervention #7: downtime cancelled in Icinga")));

        scene.State(2, acknowledgement: 1);
        await scene.FailAndAckAsync();
        await scene.UnackAsync();
        await scene.PassAsync(1);
        Assert.Equal(["""v1/actions/remove-acknowledgement {"type":"Service","service":"hal.globenet.org!IMAP"}"""], scene.Icinga.TakePosted());
        scene.State(2);
        await scene.PassAsync(1);
        Assert.Equal(1, await scene.SaidAsync(scene.In(
            "[hal] IMAP #1 : l'acquittement est retiré dans Icinga",
            "[hal] IMAP #1: acknowledgement removed in Icinga")));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_it_does_not_know_is_told_and_nothing_is_sent(Locale locale)
    {
        await using var scene = await IcingaScene.StartAsync(locale: locale);
        scene.Icinga.Answer("v1/objects/services", IcingaScene.Results(""));
        await scene.FailAndAckAsync();
        await scene.PassAsync(1);
        Assert.Equal(1, await scene.SaidAsync(scene.In(
            "[hal] IMAP #1 : Icinga ne le connaît pas sous ce nom, il n'est pas prévenu",
            "[hal] IMAP #1: Icinga does not know it by this name and was not notified")));
        Assert.Empty(scene.Icinga.TakePosted());
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_action_that_it_says_is_about_nothing_is_told_as_not_permitted_until_the_object_is_gone(Locale locale)
    {
        await using var scene = await IcingaScene.StartAsync(locale: locale);
        scene.Icinga.Answer("v1/actions/acknowledge-problem", """{"error":404,"status":"No objects found."}""", "404 Not Found");
        await scene.FailAndAckAsync();
        await scene.TurnAsync();
        for (var time = 5; time < 300; time *= 2)
        {
            await scene.PassAsync(time);
        }

        Assert.Equal(1, await scene.SaidAsync(NotYet(scene) + scene.In(
            "son API ne me le permet pas : vérifiez les permissions de mon ApiUser ; je réessaie",
            "its API does not allow it: check the permissions of my ApiUser; retrying")));
        Assert.InRange(scene.Icinga.TakePosted().Count, 4, 8);
        scene.Icinga.Answer("v1/objects/services", IcingaScene.Results(""));
        await scene.PassAsync(60);
        Assert.Equal(1, await scene.SaidAsync(scene.In("Icinga ne le connaît pas sous ce nom", "Icinga does not know it by this name")));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_answer_that_it_is_acknowledged_already_is_no_failure(Locale locale)
    {
        await using var scene = await IcingaScene.StartAsync(locale: locale);
        scene.Icinga.Answer("v1/actions/acknowledge-problem", """{"results":[{"code":409,"status":"Already."}]}""", "409 Conflict");
        await scene.FailAndAckAsync();
        await scene.TurnAsync();
        scene.State(2, acknowledgement: 1);
        await scene.PassAsync(1);
        Assert.Equal(1, await scene.SaidAsync(Told(scene)));
        Assert.Equal(0, await scene.SaidAsync(NotYet(scene)));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_wrong_password_is_told_once_with_what_to_do(Locale locale)
    {
        await using var scene = await IcingaScene.StartAsync(with: (settings, _) => settings with { Password = new("wrong") }, locale: locale);
        await scene.FailAndAckAsync();
        for (var turn = 0; turn < 10; turn++)
        {
            await scene.PassAsync(15);
        }

        Assert.Equal(1, await scene.SaidAsync(NotYet(scene) + scene.In(
            "son API refuse mon mot de passe : vérifiez user et password_file de [icinga] ; je réessaie",
            "its API refuses my password: check user and password_file of [icinga]; retrying")));
        Assert.All(scene.Icinga.Asked, asked => Assert.Equal("GET v1/objects/hosts", asked));
        Assert.Equal(MonitorTrouble.WrongPassword, scene.Engine.Monitor.Look()?.Trouble);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_server_that_is_gone_is_told_once_and_told_the_order_when_it_is_back(Locale locale)
    {
        await using var scene = await IcingaScene.StartAsync(locale: locale);
        await scene.TurnAsync();
        await scene.Icinga.StopAsync();
        await scene.FailAndAckAsync();
        await scene.TurnAsync();
        for (var turn = 0; turn < 10; turn++)
        {
            await scene.PassAsync(15);
        }

        Assert.Equal(1, await scene.SaidAsync(NotYet(scene) + scene.In("son API ne répond pas", "its API does not answer")));

        scene.Icinga.Start();
        await scene.PassAsync(15);
        Assert.Single(scene.Icinga.TakePosted());
        scene.State(2, acknowledgement: 1);
        await scene.PassAsync(1);
        Assert.Equal(1, await scene.SaidAsync(Told(scene)));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_lost_answer_is_not_followed_by_a_second_downtime_before_the_state_was_seen(Locale locale)
    {
        await using var scene = await IcingaScene.StartAsync(locale: locale);
        await scene.TurnAsync();
        scene.Icinga.AnswerRaw("v1/actions/schedule-downtime", "HTTP/1.1 ");
        await scene.OrderAsync(new MonitorOrder.ScheduleDowntime(
            "i7", PublicText.Declared("hal"), scene.Now, scene.Now.AddHours(1), PublicText.Declared("lunar"), new RootText("disque")));
        Assert.Single(scene.Icinga.TakePosted());
        scene.State(0, downtimes: Downtime("hal.globenet.org!84ea", ""));
        await scene.PassAsync(5);
        Assert.Empty(scene.Icinga.TakePosted());
        Assert.Equal(1, await scene.SaidAsync(scene.In(
            "[hal] intervention #7 : maintenance planifiée dans Icinga",
            "[hal] intervention #7: downtime scheduled in Icinga")));
    }

    [Theory]
    [InlineData(Locale.French, "HTTP/1.1 302 Found\r\nLocation: {url}/elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData(Locale.French, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData(Locale.French, "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\nConnection: close\r\n\r\n{long}")]
    [InlineData(Locale.French, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnono")]
    [InlineData(Locale.French, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]")]
    [InlineData(Locale.French, "HTTP/1.1 200 OK\r\nContent-Length: 14\r\nConnection: close\r\n\r\n{\"results\":[1]}")]
    [InlineData(Locale.French, "HTTP/1.1 200 OK\r\nContent-Length: 42\r\nConnection: close\r\n\r\n{\"results\":[{\"name\":\"\\ud800\",\"attrs\":{}}]}")]
    [InlineData(Locale.French, "SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData(Locale.English, "HTTP/1.1 302 Found\r\nLocation: {url}/elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData(Locale.English, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData(Locale.English, "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\nConnection: close\r\n\r\n{long}")]
    [InlineData(Locale.English, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnono")]
    [InlineData(Locale.English, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]")]
    [InlineData(Locale.English, "HTTP/1.1 200 OK\r\nContent-Length: 14\r\nConnection: close\r\n\r\n{\"results\":[1]}")]
    [InlineData(Locale.English, "HTTP/1.1 200 OK\r\nContent-Length: 42\r\nConnection: close\r\n\r\n{\"results\":[{\"name\":\"\\ud800\",\"attrs\":{}}]}")]
    [InlineData(Locale.English, "SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    public async Task An_answer_that_makes_no_sense_is_told_and_nothing_is_sent_by_guess(Locale locale, string answer)
    {
        await using var scene = await IcingaScene.StartAsync(locale: locale);
        scene.Icinga.AnswerRaw("*", answer
            .Replace("{url}", scene.Icinga.Url.ToString(), StringComparison.Ordinal)
            .Replace("{long}", new string(' ', 65 * 1024 * 1024), StringComparison.Ordinal));
        await scene.FailAndAckAsync();
        await scene.TurnAsync();
        Assert.Equal(1, await scene.SaidAsync(NotYet(scene) + scene.In(
            "la réponse de son API est incompréhensible",
            "its API gave an answer that I cannot read")));
        Assert.All(scene.Icinga.Asked, asked => Assert.StartsWith("GET v1/objects/", asked, StringComparison.Ordinal));
        Assert.Empty(scene.Icinga.TakePosted());
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_answer_has_ten_seconds(Locale locale)
    {
        await using var scene = await IcingaScene.StartAsync(locale: locale);
        scene.Icinga.AnswerRaw("v1/objects/services", null);
        await scene.FailAndAckAsync();
        var turn = scene.TurnAsync();
        await Eventually.Is(() => scene.Icinga.Asked.Contains("GET v1/objects/services"));
        Assert.False(turn.IsCompleted);
        await Eventually.Is(scene.Engine.Time, TimeSpan.FromSeconds(1), () => turn.IsCompleted);
        await turn;
        Assert.Equal(1, await scene.SaidAsync(NotYet(scene) + scene.In("son API ne répond pas", "its API does not answer")));
    }

    [Theory]
    [InlineData(Locale.French, "pinned", true)]
    [InlineData(Locale.French, "pinned otherwise", false)]
    [InlineData(Locale.French, "authority", true)]
    [InlineData(Locale.French, "stranger", false)]
    [InlineData(Locale.French, "system", false)]
    [InlineData(Locale.English, "pinned", true)]
    [InlineData(Locale.English, "pinned otherwise", false)]
    [InlineData(Locale.English, "authority", true)]
    [InlineData(Locale.English, "stranger", false)]
    [InlineData(Locale.English, "system", false)]
    public async Task Only_a_certificate_that_is_believed_gets_the_password(Locale locale, string trust, bool isBelieved)
    {
        using var folder = new TemporaryFolder();
        var pem = folder.Write("ca.pem", trust == "stranger" ? ChatBot.Tests.EndToEnd.TestCertificates.StrangerPem : ChatBot.Tests.EndToEnd.TestCertificates.AuthorityPem);
        await using var scene = await IcingaScene.StartAsync(tls: true, (settings, icinga) => settings with
        {
            TlsFingerprint = trust switch { "pinned" => icinga.Fingerprint, "pinned otherwise" => new string('0', 64), _ => null },
            TlsCaFile = trust is "authority" or "stranger" ? pem : null,
        }, locale);
        await scene.FailAndAckAsync();
        await scene.TurnAsync();
        Assert.Equal(isBelieved ? 0 : 1, await scene.SaidAsync(NotYet(scene) + scene.In(
            "le certificat de son API n'est pas de confiance",
            "the certificate of its API is not trusted")));
        Assert.Equal(isBelieved ? 1 : 0, scene.Icinga.TakePosted().Count);
        Assert.Equal(isBelieved, scene.Icinga.Asked.Count > 0);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_mails_missed_is_found_in_its_state_where_it_told_somebody(Locale locale)
    {
        await using var scene = await IcingaScene.StartAsync(locale: locale);
        scene.State(2, notified: false);
        await scene.TurnAsync();
        await scene.PassAsync(60);
        await scene.PassAsync(60);
        Assert.Empty(await scene.Engine.Incidents.OpenAsync(null, CancellationToken.None));
        scene.State(2);
        await scene.PassAsync(60);
        await scene.PassAsync(60);
        await scene.PassAsync(60);
        Assert.Equal("IMAP", Assert.Single(await scene.Engine.Incidents.OpenAsync(null, CancellationToken.None)).Service?.Value);

        scene.State(2, acknowledgement: 1, comments: Comment("Marie Curie", "je m'en occupe"));
        await scene.PassAsync(60);
        Assert.Contains(await scene.Engine.RootAsync(), line => line.Contains(scene.In(
            "acquitté dans Icinga par Marie Curie",
            "acknowledged in Icinga by Marie Curie"), StringComparison.Ordinal));
        Assert.Equal(1, await scene.SaidAsync(scene.In("[hal] IMAP CRITICAL acquitté dans Icinga", "[hal] IMAP CRITICAL acknowledged in Icinga")));
        Assert.Equal(0, await scene.SaidAsync("Marie"));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_acknowledgement_that_was_seen_before_the_incident_began_is_not_its_own(Locale locale)
    {
        await using var scene = await IcingaScene.StartAsync(locale: locale);
        scene.State(2, acknowledgement: 1, comments: Comment("Marie Curie", "l'autre fois"));
        await scene.TurnAsync();
        scene.Engine.Time.Advance(TimeSpan.FromSeconds(5));
        await scene.Engine.TakeAsync(ChatBot.Tests.Mail.Nagios.Problem(IcingaScene.Host, "IMAP"));
        await scene.PassAsync(6);
        Assert.Equal(0, await scene.SaidAsync(scene.In("acquitté", "acknowledged in")));
        await scene.PassAsync(60);
        Assert.Equal(1, await scene.SaidAsync(scene.In("acquitté dans Icinga", "acknowledged in Icinga")));
    }

    private static string Told(IcingaScene scene) => scene.In("[hal] IMAP #1 : Icinga est prévenu", "[hal] IMAP #1: Icinga notified");

    private static string NotYet(IcingaScene scene) =>
        scene.In("[hal] IMAP #1 : Icinga n'est pas encore prévenu, ", "[hal] IMAP #1: Icinga not notified yet, ");

    private static (string Path, JsonElement Body) Split(string posted)
    {
        var space = posted.IndexOf(' ', StringComparison.Ordinal);
        using var body = JsonDocument.Parse(posted[(space + 1)..]);
        return (posted[..space], body.RootElement.Clone());
    }

    private static string Comment(string author, string text) => IcingaScene.One(
        "hal.globenet.org!IMAP!f92f",
        $"\"host_name\":\"hal.globenet.org\",\"service_name\":\"IMAP\",\"entry_time\":1795616534.9,\"author\":\"{author}\",\"text\":\"{text}\"");

    private static string Downtime(string name, string service) => IcingaScene.One(
        name, $"\"host_name\":\"hal.globenet.org\",\"service_name\":\"{service}\",\"comment\":\"disque (ChatBot i7)\"");
}

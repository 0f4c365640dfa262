using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Tests.Hosting;

namespace ChatBot.Tests.Monitoring;

/// <summary>The engine beside the API of an Icinga 2.</summary>
internal sealed class IcingaScene : SyncScene
{
    private IcingaScene(Engine engine, IcingaPeerScript icinga)
        : base(engine) => Icinga = icinga;

    public IcingaPeerScript Icinga { get; }

    /// <param name="tls">Whether it talks TLS.</param>
    /// <param name="with">What else is configured.</param>
    /// <param name="locale">The group's language.</param>
    public static async Task<IcingaScene> StartAsync(
        bool tls = false, Func<IcingaSettings, IcingaPeerScript, IcingaSettings>? with = null, Locale locale = Locale.French)
    {
        var icinga = new IcingaPeerScript(tls);
        var settings = new IcingaSettings(icinga.Url, "chatbot", new("sécret"));
        settings = with?.Invoke(settings, icinga) ?? settings;
        var scene = new IcingaScene(await Engine.StartAsync(all => all with { Icinga = settings }, locale), icinga);
        foreach (var action in (string[])["acknowledge-problem", "remove-acknowledgement", "schedule-downtime", "remove-downtime"])
        {
            icinga.Answer($"v1/actions/{action}", """{"results":[{"code":200,"status":"Successfully done."}]}""");
        }

        scene.State(2);
        return scene;
    }

    /// <summary>IMAP of hal fails, the channel was told, and somebody takes it.</summary>
    public async Task FailAndAckAsync(string reason = "je regarde")
    {
        await FailAsync();
        await AckAsync(reason);
    }

    public Task<TimeSpan?> PassAsync(int seconds) => PassAsync(TimeSpan.FromSeconds(seconds));

    /// <summary>From now on its objects are these.</summary>
    public void State(int imap, int acknowledgement = 0, string comments = "", string downtimes = "", bool notified = true)
    {
        Icinga.Answer("v1/objects/hosts", Results(One(Host, $"\"name\":\"{Host}\",\"state\":0,{Fine}")));
        Icinga.Answer("v1/objects/services", Results(One(
            $"{Host}!IMAP", $"\"name\":\"IMAP\",\"host_name\":\"{Host}\",\"state\":{imap},{Fine.Replace("\"acknowledgement\":0", $"\"acknowledgement\":{acknowledgement}", StringComparison.Ordinal)}")));
        Icinga.Answer("v1/objects/comments", Results(comments));
        Icinga.Answer("v1/objects/downtimes", Results(downtimes));
        Icinga.Answer("v1/objects/notifications", Results(
            notified ? One($"{Host}!IMAP!mail", $"\"host_name\":\"{Host}\",\"service_name\":\"IMAP\",\"notification_number\":1") : ""));
    }

    public static string Results(string objects) => $$"""{"results":[{{objects}}]}""";

    public static string One(string name, string attributes) =>
        $$"""{"attrs":{{{attributes}}},"joins":{},"meta":{},"name":"{{name}}","type":"X"}""";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Icinga.DisposeAsync();
    }

    private const string Fine =
        "\"state_type\":1,\"acknowledgement\":0,\"last_check\":1795616534.875039,\"last_reachable\":true,\"flapping\":false,\"downtime_depth\":0";
}

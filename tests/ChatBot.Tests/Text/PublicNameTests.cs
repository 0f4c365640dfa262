using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Text;

/// <summary>A mail may call a machine and a service whatever it likes: the open channel reads names, the root group all of it.</summary>
public sealed class PublicNameTests
{
    private const string Phone = "URGENT appelez le 01 23 45 67 89 ou http://evil.example/login";

    public static TheoryData<string> Free { get; } =
    [
        Phone, "http://evil.example", "HTTPS://evil.example", "appelez 0123456789", "appelez 01 23 45 67 89", "01.23.45.67.89", "+33 1 23 45 67 89",
        "écrivez à dupont@client.example", "www.evil.example", "WWW.evil.example/x", "secret=hunter2", "password: hunter2", "mdp Xy7abc9", "POP3 (client)",
        "POP3 \"Dupont\"", "vpn-dupont-192.168.7.3", "РОР3", "lien evil․example", new string('a', 41), "a,b", "evil.example/x", "HTTP evil.example/x", "evil.example:80/x", "x:evil.example/x", "evil.example./x", "evil.example/", "a/evil.example/x", "évil.example/x", "fe80::a", "::1", "2001:db8::1", "HTTP 2001:db8::a", "ping:2001:db8::a", "vpn-fe80::a:b", "a:b:c:d:e:f:a:b", "fe80::a:443", "::ffff:a:b", "10.0.0.1", "ping 1.1.1.1", "ping-10.0.0.1",
        "10.0.0.1:80", "aa:bb:cc:dd:ee:ff", "port aa-bb-cc-dd-ee-ff", "<b>POP3</b>", "POP3 💥",
    ];

    public static TheoryData<string> Good { get; } =
    [
        "POP3", "Disque /srv/www", "Charge système", "disk: /var", "HTTP web2.globenet.org", "IMAP_4", "port 993", "été-œuf", "md0", "sda1", "UPS onduleur", "eth0/in", "disk /srv", "NFS 10/20", "TCP/IP", "disk /srv/vhosts/site.example/x", "PHP 8.2/FPM", "web2.globenet.org:443", "I/O", "raid 1.5/2.0", "Net::SMTP", "12:30", "a:b:c", "nginx 1.26.3",
    ];

    [Theory]
    [MemberData(nameof(Free))]
    public async Task What_does_not_look_like_a_name_is_a_service_in_public_and_whole_for_root(string name)
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Nagios.Problem("hal", name));
        await engine.PassAsync(TimeSpan.FromSeconds(5));
        Assert.StartsWith("[hal] un service CRITICAL — #1", Assert.Single(await engine.PublicAsync()), StringComparison.Ordinal);
        Assert.StartsWith($"[hal] {name} CRITICAL : Connection refused — #1", Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_name_that_looks_like_one_is_said_to_everybody(string name)
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Nagios.Problem("hal", name));
        await engine.PassAsync(TimeSpan.FromSeconds(5));
        Assert.StartsWith($"[hal] {name} CRITICAL — #1", Assert.Single(await engine.PublicAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Free))]
    public void A_part_of_a_service_is_public_by_the_same_rule(string name) => Assert.Null(CheckPart.Of("key", name).Public);

    [Fact]
    public async Task A_machine_that_does_not_look_like_one_is_a_question_mark_in_public()
    {
        await using var engine = await Engine.StartAsync(locale: Locale.English);
        await engine.TakeAsync(Nagios.Problem("Vos mots de passe ont fuité : http://evil.example/host", "POP3"));
        await engine.PassAsync(TimeSpan.FromSeconds(5));
        Assert.StartsWith("[?] POP3 CRITICAL — #1", Assert.Single(await engine.PublicAsync()), StringComparison.Ordinal);
        Assert.StartsWith(
            "[Vos mots de passe ont fuité : http://evil.example/host] POP3 CRITICAL: Connection refused — #1 · !ack 1 <reason>", Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_group_wrote_into_its_inventory_is_public_however_it_looks()
    {
        const string Service = "HTTP (www.globenet.org)";
        await using var engine = await Engine.StartAsync(settings => settings with
        {
            Inventory = new Inventory([new Machine { Name = "hal", Services = [Service] }]),
        });
        await engine.TakeAsync(Nagios.Problem("hal", Service));
        await engine.PassAsync(TimeSpan.FromSeconds(5));
        Assert.StartsWith($"[hal] {Service} CRITICAL — #1", Assert.Single(await engine.PublicAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_recovery_finds_its_incident_by_the_whole_name()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Nagios.Problem("hal", Phone + " un"), Nagios.Problem("hal", Phone + " deux"));
        await engine.PassAsync(TimeSpan.FromSeconds(5));
        await engine.TakeAsync(Nagios.Recovery("hal", Phone + " deux"));
        await engine.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(Phone + " un", Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None)).Service?.Value);
        Assert.StartsWith("[hal] un service OK après", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(await engine.PublicAsync(), line => line.Contains("evil", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\u200b\u200b", "POP3")]
    [InlineData("hal", "\u200b\u2060")]
    public async Task A_name_of_nothing_opens_no_incident_and_root_is_told(string machine, string service)
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Nagios.Problem(machine, service));
        await engine.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
        Assert.Empty(await engine.PublicAsync());
        Assert.Equal(
            "rapport illisible de nagios, le nom de sa machine ou de son service est vide : Connection refused", Assert.Single(await engine.RootAsync()));
    }

    [Fact]
    public void A_name_does_not_say_itself_by_accident() => Assert.Equal("(name)", $"{Name.OfService("http://evil.example")}");
}

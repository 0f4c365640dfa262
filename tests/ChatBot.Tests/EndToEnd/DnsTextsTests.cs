using ChatBot.Mail;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

public sealed class DnsTextsTests : IAsyncDisposable
{
    private const string Name = "s1._domainkey.hal.example.org";

    private readonly NameServer _server = NameServer.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_strings_of_a_record_are_one_text_and_live_as_long_as_the_server_says()
    {
        _server.Records = [["v=DKIM1; p=" + new string('A', 240), "BBBB"], ["other"]];
        var (texts, lives) = (await AskAsync())!.Value;
        Assert.Equal([$"v=DKIM1; p={new string('A', 240)}BBBB", "other"], texts);
        Assert.Equal(TimeSpan.FromSeconds(300), lives);
        Assert.Equal(["udp " + Name], _server.Asked);
    }

    [Fact]
    public async Task What_does_not_fit_a_datagram_is_asked_for_by_TCP()
    {
        _server.IsTooLong = true;
        _server.Records = [["a"]];
        Assert.Equal(["a"], (await AskAsync())!.Value.Texts);
        Assert.Equal(["udp " + Name, "tcp " + Name], _server.Asked);
    }

    [Fact]
    public async Task A_name_that_is_not_there_has_no_texts()
    {
        _server.ResponseCode = NameServer.NoSuchName;
        Assert.Empty((await AskAsync())!.Value.Texts);
        _server.ResponseCode = 0;
        Assert.Empty((await AskAsync())!.Value.Texts);
    }

    [Fact]
    public async Task A_server_that_fails_has_not_answered()
    {
        _server.ResponseCode = NameServer.Failed;
        Assert.Null(await AskAsync());
    }

    [Fact]
    public async Task A_silent_server_is_left_when_the_patience_ends()
    {
        _server.IsSilent = true;
        using var over = new CancellationTokenSource();
        var asking = AskAsync(over.Token);
        await Eventually.Is(() => !_server.Asked.IsEmpty);
        await over.CancelAsync();
        Assert.Null(await asking);
    }

    private Task<(IReadOnlyList<string> Texts, TimeSpan Lives)?> AskAsync(CancellationToken cancellationToken = default) =>
        new DnsTexts(_server.Address).AskAsync(Name, cancellationToken);
}

using ChatBot.Core.Commands;
using ChatBot.Core.Text;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Commands;

public sealed class CommandDispatcherTests : IAsyncDisposable
{
    private readonly SampleGroup _group = new();

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    [Theory]
    [InlineData("status"), InlineData("ÉTAT"), InlineData("etat"), InlineData("e\u0301tat"), InlineData("forgetme"), InlineData("oublie-moi")]
    public void A_command_is_found_by_all_its_names(string name) => Assert.NotNull(_group.Dispatcher.Find(name));

    [Fact]
    public async Task A_slip_gets_the_nearest_command() =>
        Assert.Equal("commande inconnue ; peut-être !état ?", Assert.Single(await _group.InChannel("!statsu hal")));

    [Fact]
    public async Task In_a_channel_a_command_of_another_bot_is_left_to_it()
    {
        Assert.Empty(await _group.InChannel("!karma lunar"));
        Assert.Empty(await _group.InChannel("!identify hunter2-secret"));
        Assert.False(_group.Dispatcher.IsForMe(CommandLine.InChannel("!karma lunar", "!", "globot", CaseMapping.Rfc1459)!, isPrivate: false, SampleGroup.Machines));
        Assert.True(_group.Dispatcher.IsForMe(CommandLine.InChannel("!statsu", "!", "globot", CaseMapping.Rfc1459)!, isPrivate: false, SampleGroup.Machines));
    }

    [Fact]
    public async Task In_private_every_command_is_answered() =>
        Assert.Equal("je ne connais pas cette commande : « aide » dit ce que je comprends", Assert.Single(await _group.InPrivate("karma lunar")));

    [Fact]
    public async Task A_refusal_says_its_reason()
    {
        _group.Configure(settings => settings with { OpenPgp = null });
        var mute = SampleGroup.Stranger with { NetworkTellsAccounts = false };
        Assert.Contains("ne dit pas qui vous êtes", await Ack(SampleGroup.Stranger), StringComparison.Ordinal);
        Assert.Contains("identifié comme marie, qui n'en est pas un", await Ack(SampleGroup.Marie), StringComparison.Ordinal);
        Assert.Contains("refusé ici à tout le monde", await Ack(mute), StringComparison.Ordinal);
        Assert.Contains("ne dit pas qui vous êtes", await Ack(new Caller("lunar", null, null)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_the_server_was_not_asked_about_is_not_said_to_be_nobody()
    {
        var unasked = SampleGroup.Stranger with { IsUnasked = true };
        Assert.Contains("trop de demandes à la fois", await Ack(unasked), StringComparison.Ordinal);
        Assert.Contains("trop de demandes à la fois", Assert.Single(await _group.InPrivate("whoami", unasked)), StringComparison.Ordinal);
        Assert.Contains("sql (mutualisé)", Assert.Single(await _group.InPrivate("status sql", unasked)), StringComparison.Ordinal);
        Assert.DoesNotContain("trop de demandes", await Ack(SampleGroup.Lunar with { IsUnasked = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_server_is_asked_who_it_is_where_that_matters()
    {
        Assert.False(CommandDispatcher.NeedsIdentity(Find("status"), isPrivate: false));
        Assert.True(CommandDispatcher.NeedsIdentity(Find("status"), isPrivate: true));
        Assert.False(CommandDispatcher.NeedsIdentity(Find("machines"), isPrivate: true));
        Assert.True(CommandDispatcher.NeedsIdentity(Find("ack"), isPrivate: false));
        Assert.True(CommandDispatcher.NeedsIdentity(Find("log"), isPrivate: false));
    }

    [Fact]
    public async Task A_command_that_fails_apologises_and_tells_only_the_log()
    {
        await using var group = new SampleGroup(commands: _ => [new Odd(_ => throw new InvalidOperationException("secret de la base"))]);
        Assert.Equal("désolé, ça n'a pas marché : la raison est dans le journal du bot", Assert.Single(await group.InChannel("!odd")));
        Assert.Equal("secret de la base", Assert.Single(group.Failures).Message);
    }

    [Fact]
    public async Task A_command_that_hangs_is_not_waited_for()
    {
        var never = new TaskCompletionSource<Reply>();
        await using var group = new SampleGroup(commands: _ => [new Odd(_ => never.Task)]);
        var answer = group.InChannel("!odd");
        await Eventually.Is(group.Engine.Time, CommandDispatcher.Patience, () => answer.IsCompleted);
        Assert.StartsWith("pas de réponse en 10 secondes", Assert.Single(await answer), StringComparison.Ordinal);
        Assert.Empty(group.Failures);
    }

    [Fact]
    public async Task A_long_answer_leaves_the_channel_with_a_note()
    {
        Line line = PublicText.Declared("ligne");
        await using var group = new SampleGroup(commands: _ => [new Odd(call => Task.FromResult(call.Answer([line, line, line, line])))]);
        Assert.Equal("réponse en privé", (await group.InChannel("!odd"))[0]);
        Assert.Equal(4, (await group.InPrivate("odd")).Length);
    }

    [Fact]
    public void No_line_breaks_it_or_makes_it_long()
    {
        var words = Gen.OneOf(
            [.. _group.Commands.SelectMany(command => command.Help.Names), "42", "#40", "hal", "POP3", "2h", "2", "h", "sud", "{0}", "%", "«"]);
        var line = Gen.OneOf<string>(words.Array[0, 6].Select(some => string.Join(' ', some)), Gen.String[0, 500]);
        Gen.Select(line, Gen.Bool, Gen.Bool).Sample((text, isPrivate, isAdmin) =>
        {
            var caller = isAdmin ? SampleGroup.Lunar : SampleGroup.Stranger;
            var lines = isPrivate ? _group.InPrivate(text, caller).Result : _group.InChannel("!" + text, caller).Result;
            Assert.Empty(_group.Failures);
            Assert.True(lines.Length <= (isPrivate ? 30 : 13), text);
            Assert.All(lines, said => Assert.DoesNotContain(said, char.IsControl));
        }, iter: 2000);
    }

    private ICommand Find(string name) => _group.Dispatcher.Find(name)!;

    private async Task<string> Ack(Caller caller) => Assert.Single(await _group.InChannel("!ack 42 je redémarre", caller));

    private sealed class Odd(Func<CommandCall, Task<Reply>> run) : ICommand
    {
        public CommandHelp Help { get; } = new()
        {
            Names = ["odd"],
            Arguments = new("", ""),
            Summary = new("", ""),
            Examples = [new("odd", "")],
        };

        public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken) => await run(call);
    }
}

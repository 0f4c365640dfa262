using ChatBot.Core.Commands;
using ChatBot.Core.Language;
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

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_slip_gets_the_nearest_command(Locale locale)
    {
        await using var group = new SampleGroup(locale);
        Assert.Equal(
            group.In("commande inconnue ; peut-être !état ?", "unknown command; maybe !status?"), Assert.Single(await group.InChannel("!statsu hal")));
    }

    [Fact]
    public async Task In_a_channel_a_command_of_another_bot_is_left_to_it()
    {
        Assert.Empty(await _group.InChannel("!karma lunar"));
        Assert.Empty(await _group.InChannel("!identify hunter2-secret"));
        Assert.False(_group.Dispatcher.IsForMe(CommandLine.InChannel("!karma lunar", "!", "globot", CaseMapping.Rfc1459)!, isPrivate: false, SampleGroup.Machines));
        Assert.True(_group.Dispatcher.IsForMe(CommandLine.InChannel("!statsu", "!", "globot", CaseMapping.Rfc1459)!, isPrivate: false, SampleGroup.Machines));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task In_private_every_command_is_answered(Locale locale)
    {
        await using var group = new SampleGroup(locale);
        Assert.Equal(
            group.In("je ne connais pas cette commande : « aide » dit ce que je comprends", "I do not know that command: “help” says what I understand"),
            Assert.Single(await group.InPrivate("karma lunar")));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_refusal_says_its_reason(Locale locale)
    {
        await using var group = new SampleGroup(locale);
        group.Configure(settings => settings with { OpenPgp = null });
        var mute = SampleGroup.Stranger with { NickKey = "mute", NetworkTellsAccounts = false };
        var unproved = group.In("ne dit pas qui vous êtes", "does not say who you are");
        Assert.Contains(unproved, await AckAsync(group, SampleGroup.Stranger), StringComparison.Ordinal);
        Assert.Contains(
            group.In("identifié comme marie, qui n'en est pas un", "identified as marie, who is not one"), await AckAsync(group, SampleGroup.Marie), StringComparison.Ordinal);
        Assert.Contains(group.In("refusé ici à tout le monde", "refused here to everybody"), await AckAsync(group, mute), StringComparison.Ordinal);
        Assert.Contains(unproved, await AckAsync(group, new Caller("lunar", null, null)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Locale.French, "!muet hal 2h", "!muet est réservé aux admins"), InlineData(Locale.English, "!mute hal 2h", "!mute is for admins")]
    [InlineData(Locale.French, "!journal hal pwned", "écrire au changelog est réservé aux admins"), InlineData(Locale.English, "!log hal pwned", "writing in the changelog is for admins")]
    [InlineData(Locale.French, "!intervention hal samedi 23h 2h noyau", "prévoir une intervention est réservé aux admins")]
    [InlineData(Locale.English, "!intervention 1 cancel", "planning an intervention is for admins")]
    public async Task Who_was_refused_anything_a_moment_ago_is_refused_in_short(Locale locale, string say, string brief)
    {
        await using var group = new SampleGroup(locale);
        var first = Assert.Single(await group.InChannel(say, SampleGroup.Marie));
        Assert.StartsWith(brief, first, StringComparison.Ordinal);
        Assert.Contains("marie", first, StringComparison.Ordinal);
        Assert.Equal(brief, Assert.Single(await group.InChannel(say, SampleGroup.Marie)));
        Assert.DoesNotContain("marie", await AckAsync(group, SampleGroup.Marie), StringComparison.Ordinal);
        group.Engine.Time.Advance(CommandDispatcher.Once);
        Assert.Equal(first, Assert.Single(await group.InChannel(say, SampleGroup.Marie)));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Whom_the_server_was_not_asked_about_is_not_said_to_be_nobody(Locale locale)
    {
        await using var group = new SampleGroup(locale);
        var unasked = SampleGroup.Stranger with { IsUnasked = true };
        var tooMany = group.In("trop de demandes à la fois", "too many ask at once");
        Assert.Contains(tooMany, await AckAsync(group, unasked), StringComparison.Ordinal);
        Assert.Contains(tooMany, Assert.Single(await group.InPrivate("whoami", unasked)), StringComparison.Ordinal);
        Assert.Contains("sql (mutualisé)", Assert.Single(await group.InPrivate("status sql", unasked)), StringComparison.Ordinal);
        Assert.DoesNotContain(tooMany, await AckAsync(group, SampleGroup.Lunar with { IsUnasked = true }), StringComparison.Ordinal);
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

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_command_that_fails_apologises_and_tells_only_the_log(Locale locale)
    {
        await using var group = new SampleGroup(locale, commands: _ => [new Odd(_ => throw new InvalidOperationException("secret de la base"))]);
        Assert.Equal(
            group.In("désolé, ça n'a pas marché : la raison est dans le journal du bot", "that went wrong, sorry: see the bot's log"), Assert.Single(await group.InChannel("!odd")));
        Assert.Equal("secret de la base", Assert.Single(group.Failures).Message);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_command_that_hangs_is_not_waited_for(Locale locale)
    {
        var never = new TaskCompletionSource<Reply>();
        await using var group = new SampleGroup(locale, commands: _ => [new Odd(_ => never.Task)]);
        var answer = group.InChannel("!odd");
        await Eventually.Is(group.Engine.Time, CommandDispatcher.Patience, () => answer.IsCompleted);
        Assert.StartsWith(group.In("pas de réponse en 10 secondes", "no answer within 10 seconds"), Assert.Single(await answer), StringComparison.Ordinal);
        Assert.Empty(group.Failures);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_long_answer_leaves_the_channel_with_a_note(Locale locale)
    {
        Line line = PublicText.Declared("ligne");
        await using var group = new SampleGroup(locale, commands: _ => [new Odd(call => Task.FromResult(call.Answer([line, line, line, line])))]);
        Assert.Equal(group.In("réponse en privé", "answered in private"), (await group.InChannel("!odd"))[0]);
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

    private static async Task<string> AckAsync(SampleGroup group, Caller caller) => Assert.Single(await group.InChannel("!ack 42 je redémarre", caller));

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

using ChatBot.Core.Newcomers;

namespace ChatBot.Tests.Commands;

/// <summary>
/// lunar and marie are in the channel, and lunar was greeted. The welcome itself is words on a connection to an IRC server, which a
/// dispatcher alone does not have; on one it is asked for in <see cref="CommandsOnIrcTests"/>.
/// </summary>
internal sealed class SampleNewcomers : INewcomers
{
    public Task<bool> WelcomeAsync(string nick, CancellationToken cancellationToken) => Task.FromResult(nick is "lunar" or "marie");

    public Task<int> ForgetAsync(Visitor who, CancellationToken cancellationToken) => Task.FromResult(who.Nick == "lunar" ? 1 : 0);
}

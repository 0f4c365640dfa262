using ChatBot.Core.Speech;

namespace ChatBot.Core.Irc;

/// <summary>
/// A channel the bot shall be in. One of audience root needs a key, or modes that the bot can see (+i, +k or +s).
/// </summary>
public sealed record IrcChannelOptions(string Name, Audience Audience = Audience.Public, string? Key = null)
{
    public override string ToString() => $"{nameof(IrcChannelOptions)} {{ Name = {Name}, Audience = {Audience} }}";
}

using ChatBot.Configuration;
using ChatBot.Core.Speech;

namespace ChatBot.Irc;

/// <summary>A channel the bot sits in.</summary>
/// <param name="Name">With its leading <c>#</c>.</param>
/// <param name="Audience">Who is there; written out for each channel, never guessed.</param>
/// <param name="Greet">Whether newcomers get the welcome, in private.</param>
/// <param name="Key">The key to join it (+k); null where there is none.</param>
public sealed record ChannelSettings(string Name, Audience Audience, bool Greet, Secret? Key);

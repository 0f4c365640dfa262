
using ChatBot.Core.Text;

namespace ChatBot.Configuration.Settings;

/// <summary>A channel of the configuration. Greet: whether newcomers get the welcome there.</summary>
public sealed record IrcChannel(string Name, Audience Audience = Audience.Public, bool Greet = false, string? Key = null)
{
    /// <summary>Whether states are told in colour too, where the channel's modes allow it.</summary>
    public bool Colours { get; init; }

    public override string ToString() => $"{nameof(IrcChannel)} {{ Name = {Name}, Audience = {Audience} }}";
}

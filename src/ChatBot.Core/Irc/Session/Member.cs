using ChatBot.Core.People;

namespace ChatBot.Core.Irc.Session;

/// <summary>Somebody in at least one of our channels.</summary>
internal sealed class Member(string nick, Stay stay)
{
    public string Nick { get; set; } = nick;

    public Stay Stay { get; set; } = stay;

    public string UserHost { get; set; } = "";

    public string? Account { get; set; }

    public bool IsAway { get; set; }

    public bool IsBot { get; set; }

    public int Channels { get; set; }
}

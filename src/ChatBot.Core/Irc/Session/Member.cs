namespace ChatBot.Core.Irc.Session;

/// <summary>Somebody in at least one of our channels.</summary>
internal sealed class Member(string nick)
{
    public string Nick { get; set; } = nick;

    public string? UserHost { get; set; }

    public string? Account { get; set; }

    public string? Realname { get; set; }

    public bool IsAway { get; set; }

    public bool IsBot { get; set; }

    public int Channels { get; set; }
}

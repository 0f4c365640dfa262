namespace ChatBot.Core.Irc.Session;

/// <summary>One of our channels and the marks of those who are in it, ours apart.</summary>
internal sealed class Room(string name)
{
    public string Name => name;

    public Dictionary<Member, string> Members { get; } = [];

    /// <summary>Our own marks, such as "@"; null until the server has listed us.</summary>
    public string? OwnMarks { get; set; }

    /// <summary>The marks with this one added or removed, in the server's order.</summary>
    public static string Marked(string marks, char mark, bool isSet, string order) =>
        string.Concat(order.Where(m => m == mark ? isSet : marks.Contains(m)));
}

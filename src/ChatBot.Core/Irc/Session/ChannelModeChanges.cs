namespace ChatBot.Core.Irc.Session;

/// <summary>Reads "+im-k" and the like. List modes (bans) and modes of members are no modes of the channel.</summary>
internal static class ChannelModeChanges
{
    public static void Apply(HashSet<char> modes, string changes, IsupportTokens isupport)
    {
        var adding = true;
        foreach (var letter in changes)
        {
            var isOfMembers = isupport.PrefixModes.Contains(letter) || isupport.ModeKind(letter) == 'A';
            if (letter is '+' or '-') adding = letter == '+';
            else if (!char.IsAsciiLetter(letter) || isOfMembers) continue;
            else if (adding) modes.Add(letter);
            else modes.Remove(letter);
        }
    }
}

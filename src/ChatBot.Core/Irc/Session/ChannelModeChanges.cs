namespace ChatBot.Core.Irc.Session;

/// <summary>One letter of a MODE or 324 line, with the parameter that is its own; null where it takes none, or none is left.</summary>
internal readonly record struct ModeChange(bool IsSet, char Letter, string? Parameter);

/// <summary>
/// Reads "+ov-k alice bob key" and the like. Which letters take a parameter is what CHANMODES and PREFIX say (modern.ircdocs.horse,
/// RPL_ISUPPORT), so that no parameter is mistaken for another's.
/// </summary>
internal static class ChannelModeChanges
{
    /// <param name="message">A MODE or a 324.</param>
    /// <param name="at">Which parameter holds the letters; theirs follow.</param>
    /// <param name="isupport">Of this server.</param>
    public static IEnumerable<ModeChange> Read(IrcMessage message, int at, IsupportTokens isupport)
    {
        var (adding, next) = (true, at + 1);
        foreach (var letter in message[at])
        {
            if (letter is '+' or '-')
            {
                adding = letter == '+';
            }
            else if (!char.IsAsciiLetter(letter))
            {
                continue;
            }
            else if (TakesParameter(letter, adding, isupport) && next < message.Params.Count)
            {
                yield return new(adding, letter, message[next++]);
            }
            else
            {
                yield return new(adding, letter, null);
            }
        }
    }

    /// <summary>True for a mode of the channel itself: no list (bans), no mark of a member.</summary>
    public static bool IsOfChannel(char letter, IsupportTokens isupport) =>
        !isupport.PrefixModes.Contains(letter) && isupport.ModeKind(letter) != 'A';

    private static bool TakesParameter(char letter, bool isSet, IsupportTokens isupport) =>
        isupport.PrefixModes.Contains(letter) || isupport.ModeKind(letter) switch { 'A' or 'B' => true, 'C' => isSet, _ => false };
}

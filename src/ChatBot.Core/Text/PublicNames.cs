using System.Collections.Frozen;
using System.Globalization;

namespace ChatBot.Core.Text;

/// <summary>
/// The one place where the name of a machine or a service becomes public. A monitor and a mail may call things whatever they like: anybody
/// may read the names that the group itself wrote into its inventory, and others only where they look like a name and like nothing else:
/// at most 40 letters, digits, spaces and <c>_ . : / -</c>, no address of the web, of mail, of a host or of its network card, no host with a path behind it,
/// no telephone number, no password.
/// </summary>
/// <param name="known">The names of the inventory: machines and services, in any case.</param>
public sealed class PublicNames(IEnumerable<string> known)
{
    private const int Longest = 40;

    // “01 23 45 67 89” is one run.
    private const int MostDigits = 5;

    private const string Signs = " _.:/-";

    private readonly FrozenSet<string> _known = known.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of no inventory.</summary>
    public static PublicNames None { get; } = new([]);

    /// <summary>The name, where anybody may read it; null where not.</summary>
    public PublicText? Of(Name name) =>
        !name.IsEmpty && (_known.Contains(name.Value) || LooksLikeName(name.Value)) ? PublicText.Declared(name.Value) : null;

    /// <summary>Whether it looks like a name and like nothing else, by the grammar above.</summary>
    public static bool LooksLikeName(string name)
    {
        if (name.Length > Longest || Links.AreIn(name) || Addresses.AreIn(name) || Secret.IsIn(name))
        {
            return false;
        }

        var digits = 0;
        foreach (var c in name)
        {
            if (char.IsAsciiDigit(c))
            {
                if (++digits > MostDigits)
                {
                    return false;
                }
            }
            else if (IsLatin(c))
            {
                digits = 0;
            }
            else if (!Signs.Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    // Latin letters alone, with their accents: of other scripts some look like these, and a name would read like another.
    private static bool IsLatin(char c) => char.IsAsciiLetter(c) || (c is >= 'À' and <= 'ɏ' && char.GetUnicodeCategory(c)
        is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter);
}

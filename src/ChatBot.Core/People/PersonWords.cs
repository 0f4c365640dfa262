using ChatBot.Core.Machines;

namespace ChatBot.Core.People;

/// <summary>The words by which others name a person in what they write.</summary>
public sealed class PersonWords
{
    private readonly IReadOnlyList<string> _words;

    /// <param name="words">Each is looked for as a whole word, case-insensitive.</param>
    public PersonWords(IEnumerable<string> words) =>
        _words = [.. words.Where(word => word.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(word => word.Length)];

    /// <summary>The longest first.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>Those of a person: name, accounts and addresses, but for what a machine or a service is called too.</summary>
    public static PersonWords Of(Person person, Inventory inventory)
    {
        var taken = inventory.Machines
            .SelectMany(machine => (IEnumerable<string>)[machine.Name, .. machine.Names, .. machine.Services])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new(((IEnumerable<string>)[person.Name, .. person.Accounts, .. person.Mail]).Where(word => !taken.Contains(word)));
    }

    /// <summary>A text with other words in the place of these.</summary>
    public string Without(string text, string instead) => _words.Aggregate(text, (left, word) => Without(left, word, instead));

    private static string Without(string text, string word, string instead)
    {
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            if (IsPartOfWord(text, at - 1) || IsPartOfWord(text, at + word.Length))
            {
                at++;
                continue;
            }

            text = string.Concat(text.AsSpan(0, at), instead, text.AsSpan(at + word.Length));
            at += instead.Length;
        }

        return text;
    }

    private static bool IsPartOfWord(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');
}

namespace ChatBot.Core.Commands;

/// <summary>Until when something is to be done, as people write it: <c>avant le 20/11</c>, <c>d'ici vendredi</c>, <c>by 20 Nov</c>, <c>before 2026-12-01</c>.</summary>
public static class TypedDue
{
    /// <summary>The last day; null where the text names none.</summary>
    /// <param name="text">One line, at most as long as an entry.</param>
    /// <param name="written">The day on which it was written, in the group's zone: the next such day from then on is meant.</param>
    public static DateOnly? Read(string text, DateOnly written)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TypedMoment.Plain).ToList();
        for (var at = 0; at + 1 < words.Count; at++)
        {
            if (words[at] is not ("avant" or "dici" or "pour" or "jusquau" or "echeance" or "by" or "before" or "until" or "due"))
            {
                continue;
            }

            var next = words[at + 1] is "au" or "a" or "the" or ":" ? at + 2 : at + 1;
            if (TypedDay.Read(words, next, written) is { } day)
            {
                return day.IsWeekday && day.Days[0] == written ? day.Days[^1] : day.Days[0];
            }
        }

        return null;
    }
}

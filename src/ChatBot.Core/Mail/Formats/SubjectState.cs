using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>The state that the words of a subject say, and whether anything among them leaves it in doubt.</summary>
internal sealed class SubjectState
{
    private const int Reach = 3;

    private readonly List<SubjectWord> _words;
    private readonly HashSet<int> _machine;
    private readonly List<int> _clear;

    /// <param name="words">Of a subject, at most a few hundred: each may be compared with all others.</param>
    /// <param name="machine">Where they name the machine.</param>
    public SubjectState(List<SubjectWord> words, HashSet<int> machine)
    {
        (_words, _machine) = (words, machine);
        _clear = [.. States().Where(at => !IsDenied(words, at) && IsClear(at))];
        foreach (var clear in _clear)
        {
            At.Add(clear);
            for (var before = clear - 1; before >= 0 && StateWord.IsLeftOut(words[before].Folded) && !machine.Contains(before); before--)
            {
                At.Add(before);
            }
        }
    }

    /// <summary>The words that say the state, with their verbs.</summary>
    public HashSet<int> At { get; } = [];

    /// <summary>Whether some words clearly say that all is well, whatever others say.</summary>
    public bool SaysGood => _clear.Exists(at => State(at).IsGood());

    /// <summary>Whether it says that all is well, and nothing else.</summary>
    public bool IsSureEnd => SaysGood
        && States().All(at => !IsDenied(_words, at) && (State(at).IsGood() || IsNamedByEnd(at)))
        && !_words.Exists(word => StateWord.IsDoubt(word.Folded) || StateWord.IsDoubtOfEnd(word.Folded) || StateWord.IsFailure(word.Folded))
        && !_clear.Exists(IsCounted);

    /// <summary>The worst that is clearly wrong; null where nothing is, or where it may be over.</summary>
    public CheckState? Trouble
    {
        get
        {
            var bad = _clear.FindAll(at => !State(at).IsGood());
            var isDoubtful = _words.Exists(word => StateWord.IsDoubt(word.Folded)) || SaysGood
                || States().Any(at => State(at).IsGood() ? StateWord.IsEnd(_words[at].Folded) && !IsDenied(_words, at) : IsDenied(_words, at) || IsOver(at));
            return bad.Count == 0 || isDoubtful ? null : bad.Select(State).MinBy(state => state.Rank());
        }
    }

    /// <summary>Whether a line of a text says of anything that it is not well. Linear.</summary>
    public static bool IsBad(List<SubjectWord> words) => words.Exists(word => StateWord.IsFailure(word.Folded)) || Enumerable.Range(0, words.Count).Any(at =>
        StateWord.Of(words[at].Folded) is { } state && (state.IsGood() ? IsDenied(words, at) : !StateWord.IsNounOfEnd(words[at].Folded) || IsCapitals(words[at].Text)));

    private IEnumerable<int> States() => Enumerable.Range(0, _words.Count).Where(at => StateWord.Of(_words[at].Folded) is not null);

    private CheckState State(int at) => StateWord.Of(_words[at].Folded)!.Value;

    private bool IsClear(int at)
    {
        var word = _words[at];
        if (word.IsSign)
        {
            return _words.Take(at).All(one => one.IsSign || one.Bracket > 0);
        }

        var before = at > 0 ? _words[at - 1] : null;
        var isTag = IsTag(at) && (!StateWord.IsTagAlone(word.Folded) || IsAlone(at));
        if (isTag || IsCapitals(word.Text) || word.Folded.Contains('-', StringComparison.Ordinal) || before is { IsSign: false } && StateWord.IsVerb(before.Folded)
            || before is { Text: ":" or "-" or "|" or "=" or "→" or ">" or "–" } && IsLast(at))
        {
            return true;
        }

        return !StateWord.IsTagAlone(word.Folded) && before is not null
            && (char.IsUpper(word.Text[0]) || StateWord.IsNoun(before.Folded) || _machine.Contains(at - 1) || before.Bracket > 0 && word.Bracket == 0 && IsLast(at));
    }

    // First in brackets, or first of all with a sign behind it.
    private bool IsTag(int at) => _words[at].Bracket > 0
        ? _words[at - 1].IsSign && _words[at - 1].Bracket == _words[at].Bracket && "[({".Contains(_words[at - 1].Text, StringComparison.Ordinal)
        : _words.Take(at).All(one => one.IsSign || one.Bracket > 0) && at + 1 < _words.Count && _words[at + 1].IsSign;

    private bool IsAlone(int at) =>
        _words[at].Bracket == 0 || _words.Count(one => one.Bracket == _words[at].Bracket && !one.IsSign && !char.IsAsciiDigit(one.Text[0])) == 1;

    private bool IsLast(int at) => at + 1 == _words.Count || _words[at + 1].IsSign;

    private static bool IsCapitals(string text) => text.Length > 1 && text.All(sign => char.IsUpper(sign) || !char.IsLetter(sign));

    private static bool IsDenied(List<SubjectWord> words, int at)
    {
        var left = Reach;
        for (var before = at - 1; before >= 0 && left > 0 && (!words[before].IsSign || words[before].Text is "'" or "’"); before--)
        {
            if (StateWord.IsDenial(words[before].Folded))
            {
                return true;
            }

            left -= words[before].IsSign ? 0 : 1;
        }

        return false;
    }

    // “Alert resolved”, “[RESOLVED] Problem: disk”.
    private bool IsNamedByEnd(int at) => StateWord.IsNounOfEnd(_words[at].Folded) && Beside(at).Any(word => StateWord.IsEnd(word.Folded));

    // “Alert closed”, “0 CRITICAL”.
    private bool IsOver(int at) => Beside(at).Any(word => StateWord.IsClosed(word.Folded) || word.Text == "0");

    // “[OK: 0]”, “UP 50%”, “RESOLVED: 3”.
    private bool IsCounted(int at) => Beside(at, "[](){}").Any(IsNumber)
        || _words[at].Bracket > 0 && Enumerable.Range(0, _words.Count).Any(other => _words[other].Bracket == _words[at].Bracket && !_machine.Contains(other) && IsNumber(_words[other]));

    private static bool IsNumber(SubjectWord word) => char.IsDigit(word.Text[0]) || word.Text.Contains('%', StringComparison.Ordinal);

    // The next words on either side, the machine and all signs but those left out.
    private IEnumerable<SubjectWord> Beside(int at, string but = "")
    {
        foreach (var step in (int[])[-1, 1])
        {
            var next = at + step;
            while (next >= 0 && next < _words.Count && _words[next].IsSign && StateWord.Of(_words[next].Folded) is null
                && !but.Contains(_words[next].Text, StringComparison.Ordinal))
            {
                next += step;
            }

            if (next >= 0 && next < _words.Count && !_machine.Contains(next))
            {
                yield return _words[next];
            }
        }
    }
}

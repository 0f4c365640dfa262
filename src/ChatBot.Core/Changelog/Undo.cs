using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>Somebody takes back what they just wrote in a changelog.</summary>
/// <param name="By">The person's name.</param>
/// <param name="At">The moment.</param>
/// <param name="Machine">The short name of the machine that is meant; null for whichever they wrote of last.</param>
public sealed record Undo(PublicText By, DateTimeOffset At, string? Machine)
{
    // The number of the entry, its text; the number stands where a text that is too long is not cut.
    private static readonly Sentence2 TakenBack = new("taken back [chatbot {0}]: {1}", "annulé [chatbot {0}] : {1}");

    /// <summary>So long an entry can be taken back; later it is corrected by another one.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>What to do, by the last entry that was typed here.</summary>
    /// <param name="own">The last one of this person, as it is stored; null where there is none.</param>
    /// <param name="last">The last one of anybody.</param>
    public UndoOutcome Judge(TypedEntry? own, TypedEntry? last) => own switch
    {
        { IsStrike: true } or { IsStruck: true } when IsLate(own) => UndoOutcome.NothingToUndo,
        { IsStrike: true } or { IsStruck: true } => UndoOutcome.AlreadyUndone,
        not null when !IsLate(own) => UndoOutcome.Undone,
        _ when last is { IsStrike: false, IsStruck: false } && !IsLate(last) && last.By != By => UndoOutcome.OfSomebodyElse,
        not null => UndoOutcome.TooLate,
        _ => UndoOutcome.NothingToUndo,
    };

    /// <summary>The entry that takes another one back. What was to be done is so no more, for whoever reads the file.</summary>
    /// <param name="entry">The other.</param>
    /// <param name="number">Its number.</param>
    /// <param name="phrases">The group's language.</param>
    public ChangelogEntry Strike(ChangelogEntry entry, long number, Phrasebook phrases)
    {
        var text = new RootText(entry.Text.Text.Value.Replace("[ ]", "[-]", StringComparison.Ordinal));
        return new ChangelogEntry(entry.Machine, At, By, new Remark(new RootText(phrases.Say(TakenBack, number, text).Root!.Value.Value), entry.Text.SaidTo));
    }

    private bool IsLate(TypedEntry entry) => At - entry.At > Window;
}

/// <summary>An entry that was typed here, as taking it back needs it.</summary>
/// <param name="Number">Its number in the store.</param>
/// <param name="At">When.</param>
/// <param name="By">Who; empty once erased.</param>
/// <param name="IsStrike">Whether it takes another one back.</param>
/// <param name="IsStruck">Whether another one takes it back.</param>
public sealed record TypedEntry(long Number, DateTimeOffset At, PublicText By, bool IsStrike, bool IsStruck);

/// <summary>What became of taking back an entry.</summary>
public enum UndoOutcome
{
    Undone,

    /// <summary>The last one is taken back already.</summary>
    AlreadyUndone,

    /// <summary>The last one is older than <see cref="Undo.Window"/>.</summary>
    TooLate,

    /// <summary>The last one is of another person.</summary>
    OfSomebodyElse,

    NothingToUndo,
}

/// <summary>What became of taking back an entry.</summary>
/// <param name="Outcome">What.</param>
/// <param name="Entry">The entry that it is about; null where there is none.</param>
/// <param name="Number">The number of that entry.</param>
/// <param name="Append">How far the entry that takes it back got; null where there is none.</param>
public sealed record UndoResult(UndoOutcome Outcome, ChangelogEntry? Entry, long Number = 0, Appending? Append = null);

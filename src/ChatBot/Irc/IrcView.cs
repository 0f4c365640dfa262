namespace ChatBot.Irc;

/// <summary>What the dispatcher shows of its state to other threads; replaced as a whole.</summary>
internal sealed record IrcView(
    string? Nick, bool IsReady, IReadOnlyList<string> Joined, int BudgetBeforeTarget, bool TellsAccounts, bool TagsAccounts,
    IReadOnlyDictionary<string, string> Troubles);

using ChatBot.Core.Irc;

namespace ChatBot.Irc;

/// <summary>Who waits for the result of what they said or asked, by the number that the session gives back. Not thread-safe.</summary>
internal sealed class IrcCallers
{
    // The pace lets a second go by; without one it must not turn as fast as it can.
    private static readonly TimeSpan AfterDrop = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<long, TaskCompletionSource<SayResult>> _said = [];
    private readonly Dictionary<long, TaskCompletionSource<AccountAnswer>> _asked = [];
    private long _lastId;

    /// <returns>The number to give to the session.</returns>
    public long Add(TaskCompletionSource<SayResult> caller)
    {
        _said[++_lastId] = caller;
        return _lastId;
    }

    /// <returns>The number to give to the session.</returns>
    public long Add(TaskCompletionSource<AccountAnswer> caller)
    {
        _asked[++_lastId] = caller;
        return _lastId;
    }

    /// <summary>Gives a result to who waits for it.</summary>
    /// <returns>False where the event is the result of nothing that waits.</returns>
    public bool Complete(IrcEvent happened) => happened switch
    {
        IrcEvent.Delivered { Id: var id } => Complete(id, new SayResult.Sent()),
        IrcEvent.Unconfirmed { Id: var id } => Complete(id, new SayResult.TryLater()),
        IrcEvent.Dropped { Id: var id } => Complete(id, new SayResult.TryLater(AfterDrop)),
        IrcEvent.Refused refused => Complete(refused.Id, new SayResult.Refused(refused.Reason, refused.IsOfText)),
        IrcEvent.AccountAnswer answer when _asked.Remove(answer.Id, out var caller) => Answered(caller, answer),
        _ => false,
    };

    /// <summary>Callers that wait get the answer of "not connected": they must not delay the stop.</summary>
    public void GiveUpAll()
    {
        foreach (var result in _said.Values)
        {
            result.TrySetResult(new SayResult.TryLater());
        }

        foreach (var ask in _asked.Values)
        {
            ask.TrySetResult(new AccountAnswer(null, null));
        }
    }

    /// <summary>The same for an input that comes after the end.</summary>
    public static void GiveUp(IrcInput late)
    {
        switch (late)
        {
            case IrcInput.Say say: say.Result.TrySetResult(new SayResult.TryLater()); break;
            case IrcInput.Ask ask: ask.Answer.TrySetResult(new AccountAnswer(null, null)); break;
            case IrcInput.AskMember member: member.Answer.TrySetResult(null); break;
            case IrcInput.AskWait wait: wait.Answer.TrySetResult(IrcClient.ForEver); break;
            case IrcInput.Closed closed: closed.Connection.Ended.TrySetResult((CloseCause.Lost, TimeSpan.Zero)); break;
        }
    }

    private bool Complete(long id, SayResult result)
    {
        if (!_said.Remove(id, out var caller))
        {
            return false;
        }

        caller.TrySetResult(result);
        return true;
    }

    private static bool Answered(TaskCompletionSource<AccountAnswer> caller, IrcEvent.AccountAnswer answer)
    {
        caller.TrySetResult(new AccountAnswer(answer.Account, answer.CertFp));
        return true;
    }
}

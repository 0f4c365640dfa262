using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Core.Irc.Session;
using ChatBot.Metrics;

namespace ChatBot.Irc;

/// <summary>
/// The only owner of the session: takes one input after the other, so that nothing needs a lock. Whoever brings an input handles it,
/// and what others bring meanwhile, on their own thread: an answer costs no change of threads. Never waits for anybody: events that
/// find no room are kept, and meanwhile the connection is not read.
/// </summary>
internal sealed class IrcDispatcher : IDisposable
{
    private const int EventsAhead = 1024;

    // So much goes out in one write: the server reads the first answers of many while we give the next ones.
    private const int InputsAWrite = 8;

    // So many inputs of others whoever brought one handles, before the pool does.
    private const int InputsInTurn = 32;

    // Whose answers this thread gives.
    [ThreadStatic]
    private static IrcDispatcher? _answering;

    private readonly ConcurrentQueue<IrcInput> _inputs = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Who takes them never waits, and does it at once.
    private readonly Channel<IrcEvent> _events = Channel.CreateBounded<IrcEvent>(
        new BoundedChannelOptions(EventsAhead) { SingleWriter = true, SingleReader = true, AllowSynchronousContinuations = true });
    private readonly Queue<IrcEvent> _waiting = new();
    private readonly IrcCallers _callers = new();
    private readonly IrcSession _session;
    private readonly IReadOnlyList<IrcChannel> _channels;
    private readonly TimeProvider _time;
    private readonly IrcCounters _counters;
    private readonly StsPolicies _policies;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly long _start;
    private IrcConnection? _connection;
    private TimeSpan? _armed;
    private int _pending;
    private int _unflushed;
    private int _handling;
    private Action? _later;
    private bool _isOver;
    private int _readsHandled;
    private volatile bool _isWaitingForRoom;
    private volatile IrcView _view;

    public IrcDispatcher(
        IrcSession session, IReadOnlyList<IrcChannel> channels, TimeProvider time, IrcCounters counters, StsPolicies policies,
        ILogger logger)
    {
        (_session, _channels, _time, _counters, _policies, _logger) = (session, channels, time, counters, policies, logger);
        _start = time.GetTimestamp();
        _view = Look();
        _timer = time.CreateTimer(_ => Post(new IrcInput.Wake()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ChannelReader<IrcEvent> Events => _events.Reader;

    public IrcView View => _view;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Completes when <see cref="IrcInput.End"/> has been handled; with the exception where a fault of ours ends it.</summary>
    public Task Over => _over.Task;

    /// <summary>
    /// Handles an input, or leaves it to the thread that handles another one now. After the end whoever waits for an answer gets the
    /// one for "not connected".
    /// </summary>
    public void Post(IrcInput input)
    {
        _inputs.Enqueue(input);
        if (Interlocked.Increment(ref _pending) == 1)
        {
            HandleAll(isReader: input is IrcInput.Received);
        }
    }

    /// <summary>
    /// What an event asks for and what may take its time: done once the input is handled and others can be, by the thread that reads from
    /// the server where it has handled the input, else by one of the pool. At once where this thread handles none.
    /// </summary>
    public void Later(Action action)
    {
        if (_handling == Environment.CurrentManagedThreadId)
        {
            _later = Both(_later, action);
        }
        else
        {
            action();
        }
    }

    private static Action? Both(Action? one, Action? other) => one is null || one == other ? other : one + other;

    // While a flood comes in, nobody but the thread that reads is kept with it: others leave the rest to the pool.
    private void HandleAll(bool isReader)
    {
        Action? later = null;
        var left = InputsInTurn;
        do
        {
            if (!isReader && left-- == 0)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static one => one.HandleAll(isReader: false), this, preferLocal: false);
                break;
            }

            if (!_inputs.TryDequeue(out var input))
            {
                throw new UnreachableException();
            }

            _handling = Environment.CurrentManagedThreadId;
            try
            {
                HandleOne(input);
            }
            catch (Exception fault)
            {
                // A fault of ours must stop the host, wherever it came up.
                _over.TrySetException(fault);
                End();
            }

            (later, _later, _handling) = (_later is null ? later : Both(later, _later), null, 0);
        }
        while (Interlocked.Decrement(ref _pending) > 0);
        if (later is not null && isReader)
        {
            Answer(later);
        }
        else if (later is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static one => one.Dispatcher.Answer(one.Later), (Dispatcher: this, Later: later), preferLocal: false);
        }
    }

    // The answers to what came together leave together.
    private void Answer(Action later)
    {
        var before = _answering;
        _answering = this;
        try
        {
            later();
        }
        finally
        {
            _answering = before;
        }

        Post(new IrcInput.Flush());
    }

    private void HandleOne(IrcInput input)
    {
        if (_isOver)
        {
            IrcCallers.GiveUp(input);
            return;
        }

        Handle(input);
        HandOver(input);
        var mayWait = Volatile.Read(ref _pending) > 1
            || (input is IrcInput.Say { Priority: not SayPriority.Relay } && _answering == this);
        if (!mayWait || ++_unflushed >= InputsAWrite)
        {
            _unflushed = 0;
            _connection?.Flush();
            Arm();
        }
    }

    // Callers that wait get an answer, even where a fault ends us: they must not delay the stop.
    private void End()
    {
        _isOver = true;
        _callers.GiveUpAll();
        _events.Writer.TryComplete();
        _over.TrySetResult();
    }

    public void Dispose() => _timer.Dispose();

    private void Handle(IrcInput input)
    {
        switch (input)
        {
            case IrcInput.Received received: Receive(received); break;
            case IrcInput.Say say: Say(say); break;
            case IrcInput.Ask ask: Ask(ask); break;
            case IrcInput.AskMember ask: ask.Answer.TrySetResult(_session.Member(ask.Nick)); break;
            case IrcInput.AskWait ask: ask.Answer.TrySetResult(Wait(ask.Channel)); break;
            case IrcInput.Opened opened: Open(opened.Connection); break;
            case IrcInput.Closed closed: closed.Connection.Ended.SetResult(Close(closed.Reason)); break;
            case IrcInput.TakeOver: _session.TakeOver(Now); break;
            case IrcInput.Quit quit: Quit(quit.Reason); break;
            case IrcInput.Flush: break;
            case IrcInput.End: End(); break;
            default: Tick(); break;
        }
    }

    private void Open(IrcConnection connection)
    {
        _connection = connection;
        _session.Connected(connection.Route.Tls || connection.Route.IsLoopback, Now);
    }

    private (CloseCause Cause, TimeSpan RegisteredFor) Close(string reason)
    {
        _connection = null;
        _readsHandled = 0;
        return _session.Disconnected(reason, Now);
    }

    private void Quit(string reason)
    {
        _session.Quit(reason, Now);
        _connection?.Write(_session.TakeLines());
        _connection?.Flush();
        _connection?.Finish();
    }

    private void Tick()
    {
        _armed = null;
        _session.Tick(Now);
    }

    private void Receive(IrcInput.Received received)
    {
        if (received.Connection != _connection)
        {
            return;
        }

        _readsHandled++;
        foreach (var message in received.Messages)
        {
            // Whatever a server says, the next line is read: a fault here is ours, and is logged.
            try
            {
                _session.Receive(message, Now);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                _counters.MalformedLine();
                IrcLog.LineFailed(_logger, fault.GetType().Name, message.Verb.Length <= 16 ? message.Verb : "?");
            }
        }
    }

    private void Say(IrcInput.Say say) => _session.Say(
        _callers.Add(say.Result), say.Target, say.Text, say.Kind, say.Priority, Now, say.To, say.MemberOf, say.Asker);

    private void Ask(IrcInput.Ask ask) => _session.AskAccount(_callers.Add(ask.Answer), ask.Author, Now, ask.IsPrompt);

    private Func<int, TimeSpan> Wait(string channel)
    {
        var now = Now;
        return _session.SayPace(channel) is { } pace ? lines => pace.Wait(lines, now) : IrcClient.ForEver;
    }

    private void HandOver(IrcInput input)
    {
        _connection?.Write(_session.TakeLines());
        var happened = _session.TakeEvents();

        // Who sees an event must already see what it changed; a line that we wrote changes nothing of it.
        var isSaid = input is IrcInput.Say;
        foreach (var one in happened)
        {
            if (one is not IrcEvent.Message && !(isSaid && one is IrcEvent.Delivered))
            {
                _view = Look();
                break;
            }
        }

        foreach (var one in happened)
        {
            if (!Complete(one))
            {
                _waiting.Enqueue(one);
            }
        }

        if (_session.ShouldClose)
        {
            _connection?.Flush();
            _connection?.Finish();
        }

        while (_waiting.TryPeek(out var next) && _events.Writer.TryWrite(next))
        {
            _waiting.Dequeue();
        }

        if (_waiting.Count > 0)
        {
            _ = WaitForRoomAsync();
        }
        else if (_readsHandled > 0)
        {
            _connection?.MakeRoom(_readsHandled);
            _readsHandled = 0;
        }
        _counters.QueueLength = _session.QueueLength;
        _counters.Lag = _session.Lag;
    }

    /// <summary>Results go to who waits for them, everything else to the events.</summary>
    private bool Complete(IrcEvent happened)
    {
        if (_callers.Complete(happened))
        {
            return true;
        }

        switch (happened)
        {
            case IrcEvent.TlsWanted { Port: var port }: return Want(port);
            case IrcEvent.TlsPromised { Duration: var duration }: return Promise(duration);
            default:
                IrcLog.Happened(_logger, happened);
                return false;
        }
    }

    private bool Want(int port)
    {
        if (_connection is not { } connection)
        {
            return true;
        }

        connection.IsAbandoned = true;
        _policies.Want(connection.Route.Host, port);
        return true;
    }

    // A server on this machine needs no TLS, and its name is everybody's.
    private bool Promise(TimeSpan duration)
    {
        if (_connection is not { Route: { Tls: true, IsLoopback: false } route } connection)
        {
            return true;
        }

        connection.Promised = duration;
        _policies.Promise(route.Host, route.Port, duration);
        return true;
    }

    private async Task WaitForRoomAsync()
    {
        if (_isWaitingForRoom)
        {
            return;
        }

        _isWaitingForRoom = true;
        await _events.Writer.WaitToWriteAsync();
        _isWaitingForRoom = false;
        Post(new IrcInput.Wake());
    }

    private IrcView Look() => new(
        _session.Nick, _session.IsReady, [.. _channels.Select(c => c.Name).Where(_session.IsJoined)], _session.SayBudget(""),
        _session.TellsAccounts, _session.TagsAccounts, _session.Troubles);

    private void Arm()
    {
        var next = _session.NextTick;
        if (next == _armed)
        {
            return;
        }

        _armed = next;
        // Timers know whole milliseconds; one that comes too early would only have to be set again.
        _timer.Change(next is null ? Timeout.InfiniteTimeSpan : Rounded(next.Value - Now), Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Rounded(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(wait.TotalMilliseconds)));
}

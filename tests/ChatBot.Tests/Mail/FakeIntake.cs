using System.Threading.Channels;
using ChatBot.Mail;

namespace ChatBot.Tests.Mail;

/// <summary>Accepts what it is given, and shows it; refuses as often as a test asks.</summary>
internal sealed class FakeIntake : IMailIntake
{
    private readonly Channel<IReadOnlyList<IncomingMail>> _taken = Channel.CreateUnbounded<IReadOnlyList<IncomingMail>>();
    private int _refusals;

    public FakeIntake(int refusals = 0) => _refusals = refusals;

    public Channel<bool> Refused { get; } = Channel.CreateUnbounded<bool>();

    public Task<IntakeResult> TakeAsync(IReadOnlyList<IncomingMail> batch, CancellationToken cancellationToken)
    {
        if (_refusals-- > 0)
        {
            Refused.Writer.TryWrite(true);
            return Task.FromResult<IntakeResult>(new IntakeResult.TryLater("as asked"));
        }
        _taken.Writer.TryWrite(batch);
        return Task.FromResult<IntakeResult>(new IntakeResult.Stored());
    }

    /// <summary>The next so many mails, waited for within 30 seconds.</summary>
    public async Task<List<IncomingMail>> TakeAsync(int count)
    {
        var mails = new List<IncomingMail>();
        while (mails.Count < count)
        {
            mails.AddRange(await _taken.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        }

        return mails;
    }
}

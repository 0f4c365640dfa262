namespace ChatBot.Mail;

/// <summary>A mailbox that is watched for ever; its mails go to an <see cref="IMailIntake"/> and move away once stored.</summary>
public interface IMailSource
{
    string Name { get; }

    /// <summary>Whether an arrival would be noticed at once.</summary>
    bool IsConnected { get; }

    /// <summary>Runs until cancelled. Failures are counted, logged and tried again; none ends it.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}

namespace ChatBot.Mail;

/// <summary>Where mail sources hand over what they find.</summary>
public interface IMailIntake
{
    /// <summary>Takes a batch in the order of arrival. A key that was taken before is taken again and changes nothing.</summary>
    Task<IntakeResult> TakeAsync(IReadOnlyList<IncomingMail> batch, CancellationToken cancellationToken);
}

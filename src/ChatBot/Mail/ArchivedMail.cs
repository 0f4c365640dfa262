namespace ChatBot.Mail;

/// <summary>Where one mail of an archive lies.</summary>
/// <param name="File">The file; one of many mails where it is an mbox.</param>
/// <param name="Offset">Of its first byte in the file.</param>
/// <param name="Length">In bytes.</param>
/// <param name="At">When it was sent by its Date, else when the file was written; never in the future.</param>
internal sealed record ArchivedMail(string File, long Offset, long Length, DateTimeOffset At)
{
    /// <summary>To find it again.</summary>
    public string Place => Offset == 0 ? File : $"{File} (byte {Offset})";
}

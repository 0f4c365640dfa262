namespace ChatBot.Configuration;

/// <summary>A Maildir on this machine.</summary>
/// <param name="Path">Full path of the folder that holds new, cur and tmp.</param>
/// <param name="Closed">Whether only the group's machines can write to it.</param>
public sealed record MaildirSettings(string Path, bool Closed) : MailSourceSettings(Closed)
{
    public override string Kind => "maildir";
}

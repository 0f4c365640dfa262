namespace ChatBot.Core.Mail;

/// <summary>The subject of a thread, as all mails in it have it: without « Re: » and the tags of lists.</summary>
public static class AnsweredSubject
{
    private const int MostPrefixes = 10;

    /// <summary>Empty where nothing is left.</summary>
    public static string Bare(string subject)
    {
        for (var left = MostPrefixes; left > 0; left--)
        {
            var rest = SubjectTags.Behind(subject);
            rest = rest[Naming.AnswerPrefix(rest)..].Trim();
            if (rest.Length == subject.Length)
            {
                break;
            }

            subject = rest;
        }

        return subject.Trim();
    }

    /// <summary>Whether the subject says that the mail answers another, and does not forward it.</summary>
    public static bool IsAnswer(string subject) => Naming.IsAnswer(subject) && !Naming.IsForward(subject);

    /// <summary>Whether a mail says in any way that it answers another, and does not forward it.</summary>
    public static bool IsAnswer(Mail mail) => Naming.IsAnswer(mail) && !Naming.IsForward(mail.Subject);
}

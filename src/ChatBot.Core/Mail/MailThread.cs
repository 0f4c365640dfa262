using System.Security.Cryptography;
using System.Text;

namespace ChatBot.Core.Mail;

/// <summary>
/// What ties a person's mail to those it answers: the identifiers of RFC 5322 §3.6.4 and, for mail programs that lose them, the
/// subject without its « Re: ». Hashed, so that the store does not reveal who writes to whom.
/// </summary>
/// <param name="IsAnswer">Whether it answers another; what forwards one begins anew.</param>
/// <param name="Marks">Its own first; SHA-256, lower-case hexadecimal; at most <see cref="MostMarks"/>.</param>
public sealed record MailThread(bool IsAnswer, IReadOnlyList<string> Marks)
{
    public const int MostMarks = 24;

    /// <summary>Of a mail that nothing vouches for: its own, what it answers, and its subject.</summary>
    public const int MostUnproven = 4;

    /// <param name="mail">A person's.</param>
    /// <param name="most">How many marks it may have.</param>
    public static MailThread Of(Mail mail, int most = MostMarks)
    {
        var marks = new List<string>();
        foreach (var field in (ReadOnlySpan<string>)["Message-ID", "In-Reply-To"])
        {
            AddIdentifiers(marks, mail.Header(field));
        }

        marks.Add(Hash("subject:" + Bare(mail.Subject).ToLowerInvariant()));
        AddIdentifiers(marks, mail.Header("References"));
        return new MailThread(Naming.IsAnswer(mail) && !Naming.IsForward(mail.Subject), [.. marks.Distinct().Take(most)]);
    }

    private static void AddIdentifiers(List<string> marks, string? field)
    {
        foreach (var id in (field ?? "").Split([' ', '\t', ','], 2 * MostMarks, StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            if (id.StartsWith('<') && id.Length > 3)
            {
                marks.Add(Hash(id));
            }
        }
    }

    private static string Bare(string subject)
    {
        while (Naming.AnswerPrefix(subject) is > 0 and var length)
        {
            subject = subject[length..].TrimStart();
        }

        return subject.Trim();
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

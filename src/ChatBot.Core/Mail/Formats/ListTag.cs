
using ChatBot.Core.Machines;

namespace ChatBot.Core.Mail.Formats;

/// <summary>The name that a mailing list writes before the subject, <c>[root] ** PROBLEM …</c>: a root alias may be a list.</summary>
internal static class ListTag
{
    /// <summary>The mail as it was before a list put its name in front; the same where none did.</summary>
    public static Mail Without(Mail mail)
    {
        var subject = mail.Subject.AsSpan().TrimStart();
        if (!subject.StartsWith('[') || subject.IndexOf(']') is not (> 1 and var end) || mail.Header("List-Id") is not { } list
            || !list.AsSpan().Contains(subject[1..end].Trim(), StringComparison.OrdinalIgnoreCase))
        {
            return mail;
        }

        return mail with { Subject = new string(subject[(end + 1)..].TrimStart()) };
    }

    /// <summary>Whether a program wrote what a list handed on, and one of these formats knows it.</summary>
    public static bool IsOfProgram(Mail mail, IEnumerable<IFormat> formats, Inventory inventory)
    {
        if (mail.Header("X-List-Administrivia") is not null || !Naming.IsFromProgram(mail))
        {
            return false;
        }

        var before = Without(mail);
        return formats.Any(format => format.Recognise(before, inventory) is not null);
    }
}


using ChatBot.Core.Machines;

namespace ChatBot.Core.Mail.Formats;

/// <summary>What a mailing list handed on: a root alias may be a list.</summary>
internal static class ListedMail
{
    /// <summary>Whether a program wrote what a list handed on, and one of these formats knows it.</summary>
    public static bool IsOfProgram(Mail mail, IEnumerable<IFormat> formats, Inventory inventory)
    {
        if (mail.Header("X-List-Administrivia") is not null || Writer.IsByPerson(mail, inventory))
        {
            return false;
        }

        return SubjectTags.Readings(mail).Any(reading => formats.Any(format => format.Recognise(reading, inventory) is not null));
    }
}

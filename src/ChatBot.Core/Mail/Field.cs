using ChatBot.Core.Text;

namespace ChatBot.Core.Mail;

/// <summary>Where a format says that a field of its mail is public. All else that a mail holds is for the root group.</summary>
internal static class Field
{
    /// <summary>A field that anybody may read: a name of a machine, of a service, of the program that wrote.</summary>
    /// <param name="text">Cleaned, and cut at 200 characters.</param>
    public static PublicText Public(string text) => PublicText.Declared(text);
}

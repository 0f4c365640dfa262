using ChatBot.Core.Text;

namespace ChatBot.Core.Mail;

/// <summary>Where a format says that a field of its mail is public. All else that a mail holds is for the root group.</summary>
internal static class Field
{
    /// <summary>A word of our own that anybody may read: the name of the program that wrote.</summary>
    /// <param name="text">Never what stands in the mail.</param>
    public static PublicText Public(string text) => PublicText.Declared(text);

    /// <summary>What the mail calls a check; <see cref="PublicNames"/> decides what of it anybody may read.</summary>
    /// <param name="text">Cleaned, and cut at 200 characters.</param>
    public static Name Service(string text) => Name.OfService(text);
}

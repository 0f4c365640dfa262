using System.Security.Cryptography;
using System.Text;
using ChatBot.Core.Mail;
using ChatBot.Core.Text;

namespace ChatBot.Mail;

/// <summary>A mail that had no effect.</summary>
/// <param name="Verdict">Why.</param>
/// <param name="Machine">Of which machine it speaks.</param>
/// <param name="Sender">Tells the author it claims, or else the machine, from others; no address can be read from it.</param>
internal sealed record RefusedMail(Verdict Verdict, Name Machine, string Sender)
{
    private const int Bytes = 8;

    public static RefusedMail Of(IntakeMail.Understood mail)
    {
        var machine = mail.Report.Machine ?? Name.OfMachine("?");
        var sender = (mail.Mail.FromAddress ?? machine.Value).ToUpperInvariant();
        return new RefusedMail(mail.Verdict, machine, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sender)).AsSpan(0, Bytes)));
    }
}

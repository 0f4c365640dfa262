using ChatBot.Configuration.Settings;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads <c>[mail.door]</c>.</summary>
internal static class MailDoorReader
{
    public static MailDoorSettings Read(Section mail)
    {
        var section = mail.Table("door");
        if (!mail.Has("door"))
        {
            return MailDoorSettings.Shut;
        }

        var usual = new MailDoorSettings();
        var settings = new MailDoorSettings
        {
            Ack = section.Word("ack", ("openpgp", MailProof.OpenPgp), ("dkim", MailProof.Dkim), ("off", MailProof.Off)) ?? usual.Ack,
            Write = section.Word("write", ("openpgp", MailProof.OpenPgp), ("off", MailProof.Off)) ?? usual.Write,
            Window = section.Duration("window", usual.Window, TimeSpan.FromHours(1), MailDoorSettings.LongestWindow),
            AnswersAlias = section.Word("answer_to", ("sender", false), ("alias", true)) ?? usual.AnswersAlias,
        };
        if (settings.Ack == MailProof.Dkim && !mail.Flag("dkim", otherwise: true))
        {
            section.Report("ack", section.Words(
                "no DKIM signature is checked with `dkim = false` in [mail]; leave that out, or write ack = \"openpgp\"",
                "aucune signature DKIM n'est vérifiée avec `dkim = false` dans [mail] ; retirez-le, ou écrivez ack = \"openpgp\""));
        }

        if (settings.IsOpen && !mail.Has("smtp"))
        {
            section.Report("ack", section.Words(
                "nothing is done by mail where the answer cannot leave; write [mail.smtp], or leave [mail.door] out",
                "rien ne se fait par mail si la réponse ne peut pas partir ; écrivez [mail.smtp], ou retirez [mail.door]"));
        }

        section.Done();
        return settings;
    }
}

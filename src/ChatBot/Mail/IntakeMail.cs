using System.Security.Cryptography;
using ChatBot.Core.Mail;
using ChatBot.Core.People;
using ChatBot.Core.Reports;
using CoreMail = ChatBot.Core.Mail.Mail;

namespace ChatBot.Mail;

/// <summary>What is known of a mail before it is stored.</summary>
internal abstract record IntakeMail(IncomingMail Incoming)
{
    /// <summary>What tells the same mail delivered twice.</summary>
    public abstract string SeenAs { get; }

    public abstract string Source { get; }

    public abstract string Kind { get; }

    public abstract string Outcome { get; }

    /// <summary>It was read and recognised.</summary>
    public sealed record Understood(IncomingMail Incoming, CoreMail Mail, Report Report, Verdict Verdict) : IntakeMail(Incoming)
    {
        /// <summary>It says what only a machine of ours may say, and nothing shows that it comes from one.</summary>
        public bool IsRefused => !MayAct && (Report.IsAboutIncident || Report is { Kind: ReportKind.Change, Says.Count: 0 });

        public bool MayAct => Verdict.MayAct();

        /// <summary>Somebody of <c>people.toml</c> wrote it, as far as the way it came shows.</summary>
        public bool IsOfSomebodyKnown(People people) =>
            Verdict == Verdict.SenderNotTrusted && Mail.FromAddress is { } address && people.WithMail(address) is not null;

        // A forged copy that comes first, whatever its other fields make of it, must not make the true one look like a repetition.
        public override string SeenAs => Verdict.MayAct() ? Mail.ContentHash : "unproven:" + Mail.ContentHash;

        /// <summary>Whatever the way by which it comes again.</summary>
        public IReadOnlyList<string> AllSeenAs => [Mail.ContentHash, "unproven:" + Mail.ContentHash];

        public override string Source => Report.Source.Value;

        public override string Kind => Report.Kind.Word();

        public override string Outcome => IsRefused ? "refused" : "taken";
    }

    /// <summary>A person shows by it who they are; whether it does is found out later, and no channel hears of it.</summary>
    public sealed record Proof(IncomingMail Incoming, CoreMail Mail) : IntakeMail(Incoming)
    {
        // Of the bytes: a forged copy that comes first must not make the true one look like a repetition.
        public override string SeenAs => Outcome + ":" + Convert.ToHexStringLower(SHA256.HashData(Incoming.Bytes.Span));

        public override string Source => "human";

        public override string Kind => ReportKind.Human.Word();

        public override string Outcome => "proof";
    }

    /// <summary>It cannot be read, or the bot fails on it.</summary>
    public sealed record SetAside(IncomingMail Incoming) : IntakeMail(Incoming)
    {
        public const string Word = "set-aside";

        public override string SeenAs => Word + ":" + Convert.ToHexStringLower(SHA256.HashData(Incoming.Bytes.Span));

        public override string Source => "unknown";

        public override string Kind => ReportKind.Unknown.Word();

        public override string Outcome => Word;
    }
}

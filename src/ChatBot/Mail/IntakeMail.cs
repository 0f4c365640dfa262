using System.Security.Cryptography;
using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Reports;
using CoreMail = ChatBot.Core.Mail.Mail;

namespace ChatBot.Mail;

/// <summary>What is known of a mail before it is stored.</summary>
internal abstract record IntakeMail(IncomingMail Incoming, Report Report)
{
    public abstract Arrival Arrival { get; }

    /// <summary>What of it counts.</summary>
    protected virtual Report Counted => Report;

    private Arrival Of(string key, ArrivalEffect effect, string outcome) => new()
    {
        Key = key,
        Report = Counted,
        Effect = effect,
        Outcome = outcome,
        At = Incoming.ArrivedAt,
    };

    // Of the bytes: a forged copy that comes first must not make the true one look like a repetition.
    private Arrival Seen(string outcome) =>
        Of(outcome + ":" + Convert.ToHexStringLower(SHA256.HashData(Incoming.Bytes.Span)), ArrivalEffect.None, outcome);

    /// <summary>It was read and recognised.</summary>
    public sealed record Understood(IncomingMail Incoming, CoreMail Mail, Report Report, Verdict Verdict) : IntakeMail(Incoming, Report)
    {
        private const string Unproven = "unproven:";

        /// <summary>The network of the client that our MX had it from, by its first bits; where it wrote none, the domain of the author.</summary>
        public string CameFrom { get; init; } = "";

        /// <summary>No byte of it may be stored.</summary>
        public bool HoldsDiff => Mail.HoldsDiff;

        /// <summary>Any of them tells the mail; the first is of its content.</summary>
        public required IReadOnlyList<string> Keys { get; init; }

        /// <summary>Somebody of <c>people.toml</c> has the address in From.</summary>
        public bool IsOfSomebodyKnown { get; init; }

        /// <summary>What shows that From is true.</summary>
        public AuthorProof AuthorProof { get; init; }

        /// <summary>It says what only a machine of ours may say, and nothing shows that it comes from one.</summary>
        public bool IsRefused => !MayAct && (Counted.IsAboutIncident || Counted is { Kind: ReportKind.Change, Says.Count: 0 });

        public bool MayAct => Verdict.MayAct();

        protected override Report Counted => MayAct ? Report : Classifier.Heard(Report);

        // A forged copy that comes first, whatever its other fields make of it, must not make the true one look like a repetition.
        public override Arrival Arrival =>
            Of(MayAct ? Keys[0] : Unproven + Keys[0], Effect, IsRefused ? "refused" : "taken") with
            {
                Aliases = MayAct ? [.. Keys.Skip(1)] : [],
                From = Mail.FromAddress,
                Mail = MayAct ? new OpeningMail(MailIds.Read(Mail.Header("Message-ID")), new RootText(Mail.Subject)) : null,
                IsForRootAlone = !MaySpeakToAll,
                IsUnproven = !IsVouchedFor,
                IsClaim = !IsVouchedFor && (Report.Machine is not null || IsOfSomebodyKnown || IsOfProgram(Counted.Kind)),
                Thread = Report.Kind == ReportKind.Human ? MailThread.Of(Mail, IsVouchedFor ? MailThread.MostMarks : MailThread.MostUnproven) : null,
            };

        /// <summary>Known from now on whatever the way by which it comes again.</summary>
        public IReadOnlyList<string> AllKeys => [.. Keys, Unproven + Keys[0]];

        // A person who is known speaks to everybody, if their domain or a listed place shows that it is them.
        private bool MaySpeakToAll => Report.Kind != ReportKind.Human || (IsOfSomebodyKnown && AuthorProof is AuthorProof.Domain or AuthorProof.Place);

        // Whoever writes of a machine must be somebody who may; of the rest it is enough that it comes from us or from a person of the group.
        private bool IsVouchedFor => MayAct
            || (Verdict == Verdict.SenderNotTrusted && Report.Machine is null && !IsOfProgram(Counted.Kind)
                && (AuthorProof is AuthorProof.Network or AuthorProof.Place || (AuthorProof == AuthorProof.Domain && IsOfSomebodyKnown)));

        private static bool IsOfProgram(ReportKind kind) => kind is not (ReportKind.Human or ReportKind.AutoReply or ReportKind.Ticket
            or ReportKind.List or ReportKind.Bounce or ReportKind.Unknown);

        private ArrivalEffect Effect =>
            IsRefused ? ArrivalEffect.None
            : MayAct ? ArrivalEffect.Full
            : Report.Kind == ReportKind.Human && Verdict == Verdict.SenderNotTrusted && MaySpeakToAll ? ArrivalEffect.Line
            : IsVouchedFor ? ArrivalEffect.RootLine
            : ArrivalEffect.UnprovenLine;
    }

    /// <summary>A person shows by it who they are; whether it does is found out later, and it is announced in no channel.</summary>
    public sealed record Proof(IncomingMail Incoming, CoreMail Mail)
        : IntakeMail(Incoming, new Report { Source = PublicText.Declared("human"), Kind = ReportKind.Human })
    {
        public override Arrival Arrival => Seen("proof");
    }

    /// <summary>Somebody asks for something by it; who, is found out later, and it is announced in no channel.</summary>
    public sealed record Order(IncomingMail Incoming, CoreMail Mail)
        : IntakeMail(Incoming, new Report { Source = PublicText.Declared("human"), Kind = ReportKind.Human })
    {
        /// <summary>What its DKIM signature vouches for; null where that was not asked.</summary>
        public MailedReply? Reply { get; init; }

        public override Arrival Arrival => Seen("order");
    }

    /// <summary>It cannot be read, or the bot fails on it.</summary>
    public sealed record SetAside(IncomingMail Incoming)
        : IntakeMail(Incoming, new Report { Source = PublicText.Declared("unknown"), Kind = ReportKind.Unknown })
    {
        public const string Word = "set-aside";

        public override Arrival Arrival => Seen(Word);
    }
}

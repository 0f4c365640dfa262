using System.Text;
using ChatBot.Core.Newcomers;

namespace ChatBot.Tests.Newcomers;

/// <summary>A channel, a store that remembers, and a clock.</summary>
internal sealed class Scene
{
    public const string Channel = "#globenet";

    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("secret");

    public Greeter Greeter { get; } = new(
        new GreeterOptions { Bots = ["ChanServ"] }, Secret)
    {
        Me = "globot",
    };

    public HashSet<string> Store { get; } = [];

    public List<GreetVerdict> Verdicts { get; } = [];

    public List<GreetOutcome> Outcomes => Verdicts.ConvertAll(verdict => verdict.Outcome);

    public TimeSpan Now { get; private set; }

    /// <summary>While it is false, questions wait for <see cref="AnswerLate"/>.</summary>
    public bool StoreAnswers { get; set; } = true;

    private List<Candidate> Unanswered { get; } = [];

    public static IReadOnlyList<string> Keys(Visitor who) =>
        PersonKey.Hashes(who.Nick, who.User, who.Host, who.Account, Secret);

    public void Join(Visitor who, bool afterNetsplit = false, string channel = Channel) =>
        Do(g => g.Joined(who, channel, afterNetsplit, Now));

    public void Quit(Visitor who, bool split = false) => Do(g => g.Quit(who.Nick, split, Now));

    public void Say(Visitor from, string text, string channel = Channel) => Do(g => g.Said(from, channel, text));

    public void At(int seconds)
    {
        Now = TimeSpan.FromSeconds(seconds);
        Do(g => g.Advance(Now));
    }

    /// <summary>Answers what was asked, the last question first.</summary>
    public void AnswerLate()
    {
        var late = Enumerable.Reverse(Unanswered).ToList();
        Unanswered.Clear();
        late.ForEach(Answer);
    }

    private void Answer(Candidate candidate) => Do(g => g.Checked(candidate.Id, candidate.Keys.Any(Store.Contains)));

    public void Do(Func<Greeter, IReadOnlyList<GreeterStep>> what)
    {
        foreach (var step in what(Greeter))
        {
            if (step is Candidate candidate)
            {
                if (StoreAnswers)
                {
                    Answer(candidate);
                }
                else
                {
                    Unanswered.Add(candidate);
                }

                continue;
            }

            var verdict = (GreetVerdict)step;
            Verdicts.Add(verdict);
            if (verdict.Remember)
            {
                Store.UnionWith(verdict.Keys);
            }
        }
    }
}

namespace ChatBot.Core.People;

/// <summary>What comes of asking for a challenge.</summary>
public abstract record Asked
{
    private Asked() { }

    public sealed record Given(Challenge Challenge) : Asked;

    public sealed record Refused(AskRefusal Why) : Asked;
}

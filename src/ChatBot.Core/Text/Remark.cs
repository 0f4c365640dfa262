namespace ChatBot.Core.Text;

/// <summary>What a person said, and before whom: words from the open channel are public already, all others are not.</summary>
/// <param name="Text">The words.</param>
/// <param name="SaidTo">The audience that could read them.</param>
public readonly record struct Remark(RootText Text, Audience SaidTo)
{
    public static implicit operator Line(Remark remark) => new(
        remark.SaidTo == Audience.Public ? PublicText.Declared(remark.Text.Value, int.MaxValue) : null,
        remark.Text);
}

/// <summary>Who may read a thing.</summary>
public enum Audience
{
    /// <summary>Everybody: the open channel, the status page.</summary>
    Public,

    /// <summary>The root group: the root channel, the root alias, private answers to admins.</summary>
    Root,
}

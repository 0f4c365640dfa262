namespace ChatBot.Core.Text;

/// <summary>One thing to say, in the words of each audience; null where that audience hears nothing.</summary>
public readonly record struct Line(PublicText? Public, RootText? Root)
{
    /// <summary>The same words for everybody.</summary>
    public static implicit operator Line(PublicText text) => new(text, text);

    /// <summary>For the root group alone.</summary>
    public static implicit operator Line(RootText text) => new(null, text);

    /// <summary>The words for one audience, ready for a sink of that audience; null where it hears nothing.</summary>
    public string? For(Audience audience) => audience == Audience.Public ? Public?.Value : (Root ?? Public)?.Value;

    /// <summary>The same with its <see cref="StateMark"/>s, for the outbox and for IRC, which take them out.</summary>
    public string? Marked(Audience audience) => audience == Audience.Public ? Public?.Marked : (Root ?? Public)?.Marked;

    /// <summary>What <see cref="Marked"/> gave when it was stored; for the store alone, which cuts nothing.</summary>
    /// <param name="marked">The words of one line.</param>
    /// <param name="audience">Whose words they are.</param>
    public static Line FromStore(string marked, Audience audience) => audience == Audience.Public
        ? (Line)PublicText.Composed(marked, int.MaxValue)
        : (Line)RootText.Composed(marked, int.MaxValue);

    /// <summary>No words: what is written without an audience may be read by anybody.</summary>
    public override string ToString() => "(line)";

    /// <summary>The same, but the public hears this where it would hear nothing.</summary>
    public Line OrForPublic(Line otherwise) => this with { Public = Public ?? otherwise.Public };

    /// <summary>The same for the root group, and nothing for the public.</summary>
    public Line ForRootAlone => new(null, Root ?? (Public is { } open ? (RootText)open : null));

    /// <summary>Several in one; each audience gets those that it may hear, and nothing where that is none.</summary>
    /// <param name="separator">Between two of them.</param>
    /// <param name="parts">In order.</param>
    public static Line Join(string separator, IEnumerable<Line> parts)
    {
        var forPublic = new List<string>();
        var forRoot = new List<string>();
        foreach (var part in parts)
        {
            if (part.Marked(Audience.Public) is { } open)
            {
                forPublic.Add(open);
            }

            if (part.Marked(Audience.Root) is { } root)
            {
                forRoot.Add(root);
            }
        }

        return new Line(
            forPublic.Count > 0 ? PublicText.Composed(string.Join(separator, forPublic), MaxLength) : null,
            forRoot.Count > 0 ? RootText.Composed(string.Join(separator, forRoot), MaxLength) : null);
    }

    private const int MaxLength = 2000;
}

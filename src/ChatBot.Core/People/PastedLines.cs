namespace ChatBot.Core.People;

/// <summary>
/// The lines of a signature as they are pasted, one message each, from the line that begins it to the line that ends it. A
/// clear-signed text may stand before it and is passed over: which text was signed is known.
/// </summary>
internal sealed class PastedLines
{
    private const string BeginText = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly List<string> _lines = [];
    private DateTimeOffset? _since;
    private int _length;

    /// <summary>Takes a message.</summary>
    /// <returns>False for one that is no part of a paste.</returns>
    public bool Take(string text, DateTimeOffset now)
    {
        var line = text.Trim();
        if (_since is { } since && (now < since || now - since > Longest))
        {
            _since = null;
        }

        if (line == BeginText || (line == ArmoredSignature.Begin && _since is null))
        {
            _since = now;
            _length = 0;
            _lines.Clear();
        }
        if (_since is null)
        {
            return false;
        }

        // What is too long is read to its end and not kept.
        _length += line.Length;
        if (_lines.Count < 2 * ArmoredSignature.MostLines && _length <= 2 * ArmoredSignature.MostLength)
        {
            _lines.Add(line);
        }
        else
        {
            _length = int.MaxValue / 2;
        }

        IsWhole = line == ArmoredSignature.End;
        if (IsWhole)
        {
            _since = null;
        }

        return true;
    }

    /// <summary>The last line read was the end.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Null where there were too many.</summary>
    public IReadOnlyList<string>? Lines => _length > 2 * ArmoredSignature.MostLength ? null : [.. _lines];
}

/// <summary>A whole paste.</summary>
/// <param name="Challenge">The one that its author has.</param>
/// <param name="Lines">From the first line to the last; null where there were too many to keep.</param>
public sealed record Pasted(Challenge Challenge, IReadOnlyList<string>? Lines);

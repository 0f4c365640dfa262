using ChatBot.Core.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// One line that carries formatting codes on purpose. <see cref="IrcFormatting"/> makes the parts and '+' joins them; their words
/// are cleaned by <see cref="Cleaner.CleanLine"/>, so that no other control character passes, nor a code that somebody else wrote. Every
/// part ends what it began: parts cannot be nested and do not touch their neighbours.
/// </summary>
public readonly record struct FormattedText
{
    private readonly string? _coded;

    /// <param name="coded">Parts of the form: codes, at least one character of clean text, reset; or clean text alone.</param>
    internal FormattedText(string coded) => _coded = coded;

    public static FormattedText operator +(FormattedText left, FormattedText right) => new(left._coded + right._coded);

    public static implicit operator FormattedText(string text) => IrcFormatting.Plain(text);

    /// <summary>The text with its codes, as it goes over the wire.</summary>
    public override string ToString() => _coded ?? "";
}

using System.Runtime.CompilerServices;

namespace ChatBot.Mail;

/// <summary>
/// The mbox format (RFC 4155): mails one after the other, each begun by a line <c>From </c> after an empty one. Only cut here, so
/// that each mail is brought within its bounds before a parser sees it.
/// </summary>
internal static class Mbox
{
    public static ReadOnlySpan<byte> Marker => "From "u8;

    /// <summary>Where each mail begins, with its marker, and how long it is; of one pass, whatever the size.</summary>
    public static async IAsyncEnumerable<(long Offset, long Length)> SplitAsync(
        Stream mbox, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var lines = new LineHeads();
        long position = 0, start = 0;
        while (await mbox.ReadAsync(buffer, cancellationToken) is > 0 and var length)
        {
            for (var i = 0; i < length; i++, position++)
            {
                if (!lines.BeginsMail(buffer[i]))
                {
                    continue;
                }

                var next = position + 1 - Marker.Length;
                if (next > start)
                {
                    yield return (start, next - start);
                }

                start = next;
            }
        }

        if (position > start)
        {
            yield return (start, position - start);
        }
    }

    /// <summary>The mail without what the mbox added: one <c>&gt;</c> before lines that look like a marker, and the last empty line.</summary>
    public static byte[] Unquoted(ReadOnlySpan<byte> mail)
    {
        var kept = new List<byte>(mail.Length);
        while (mail.Length > 0)
        {
            var end = mail.IndexOf((byte)'\n') is >= 0 and var found ? found + 1 : mail.Length;
            var line = mail[..end];
            mail = mail[end..];
            if (line[0] == '>' && line.TrimStart((byte)'>').StartsWith(Marker))
            {
                line = line[1..];
            }

            if (mail.Length > 0 || !line.TrimEnd("\r\n"u8).IsEmpty)
            {
                kept.AddRange(line);
            }
        }
        return [.. kept];
    }

    /// <summary>Sees byte after byte, and knows the first few of each line.</summary>
    private sealed class LineHeads
    {
        private readonly byte[] _head = new byte[Marker.Length];
        private int _column;
        private bool _afterEmpty = true;

        public bool BeginsMail(byte next)
        {
            if (_column < _head.Length)
            {
                _head[_column] = next;
            }

            _column = Math.Min(_column + 1, _head.Length + 1);
            var begins = _column == _head.Length && _afterEmpty && Marker.SequenceEqual(_head);
            if (next == '\n')
            {
                _afterEmpty = _column == 1 || (_column == 2 && _head[0] == '\r');
                _column = 0;
            }
            return begins;
        }
    }
}

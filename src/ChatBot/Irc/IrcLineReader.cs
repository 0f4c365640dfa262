
using ChatBot.Core.Irc;
using ChatBot.Metrics;

namespace ChatBot.Irc;

/// <summary>
/// Cuts a stream of bytes into lines, in one buffer that never grows: a line longer than the protocol allows is dropped up to its
/// LF, and so is what stands after the last LF when the stream ends.
/// </summary>
internal sealed class IrcLineReader(Stream stream, IrcCounters counters)
{
    // IRCv3 message-tags: 8191 bytes of tags with '@' and the space; then a line, for which 512 are the rule and servers that
    // announce a greater LINELEN stay below 4096. Without the LF.
    private const int LongestLine = 8191 + 4096;

    private readonly byte[] _buffer = new byte[2 * LongestLine];
    private int _length;
    private bool _isSkipping;

    /// <summary>The lines that the next read completes, maybe none; null at the end of the stream.</summary>
    public async ValueTask<List<IrcMessage>?> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
        if (read == 0)
        {
            return null;
        }

        _length += read;
        var messages = new List<IrcMessage>();
        var rest = _buffer.AsSpan(0, _length);
        for (var end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
        {
            if (_isSkipping)
            {
                _isSkipping = false;
            }
            else if (end > LongestLine)
            {
                counters.OverlongLine();
            }
            else
            {
                Take(rest[..end], messages);
            }

            rest = rest[(end + 1)..];
        }
        Keep(rest);
        return messages;
    }

    private void Keep(Span<byte> rest)
    {
        if (_isSkipping || rest.Length > LongestLine)
        {
            if (!_isSkipping)
            {
                counters.OverlongLine();
            }

            _isSkipping = true;
            _length = 0;
            return;
        }
        rest.CopyTo(_buffer);
        _length = rest.Length;
    }

    private void Take(ReadOnlySpan<byte> line, List<IrcMessage> messages)
    {
        if (line.IsEmpty || line.SequenceEqual("\r"u8))
        {
            return;
        }

        if (IrcMessage.Parse(line) is { } message)
        {
            messages.Add(message);
        }
        else
        {
            counters.MalformedLine();
        }
    }
}

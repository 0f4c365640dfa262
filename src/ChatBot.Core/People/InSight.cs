
using ChatBot.Core.Irc;
using ChatBot.Core.Text;

namespace ChatBot.Core.People;

/// <summary>
/// Who is in a channel with us, so that we see them leave. Told from the events alone: a channel counts from the moment we are in
/// it for good. Two nicks that some network holds for one are never both in sight.
/// </summary>
internal sealed class InSight
{
    private readonly Dictionary<string, Dictionary<string, string>> _rooms = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _joined = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether exactly this nick is there.</summary>
    public bool Has(string nick) => _joined.Any(
        channel => _rooms.TryGetValue(channel, out var room) && room.TryGetValue(nick, out var exact) && exact == nick);

    public void Hear(IrcEvent happened)
    {
        switch (happened)
        {
            case IrcEvent.MemberPresent there:
                Add(there.Channel, there.Nick);
                break;
            case IrcEvent.MemberDescribed there:
                Add(there.Channel, there.Nick);
                break;
            case IrcEvent.MemberJoined came:
                Add(came.Channel, came.Nick);
                break;
            case IrcEvent.MemberParted left:
                _rooms.GetValueOrDefault(left.Channel)?.Remove(left.Nick);
                break;
            case IrcEvent.MemberQuit quit:
                foreach (var room in _rooms.Values)
                {
                    room.Remove(quit.Nick);
                }

                break;
            case IrcEvent.NickChanged { IsOwn: false } renamed:
                foreach (var room in _rooms.Values)
                {
                    if (room.Remove(renamed.OldNick))
                    {
                        room[renamed.NewNick] = renamed.NewNick;
                    }
                }

                break;
            case IrcEvent.Joined joined:
                // What was heard before may be from an earlier stay; WHO tells all of them again.
                _rooms.Remove(joined.Channel);
                _joined.Add(joined.Channel);
                break;
            case IrcEvent.LeftChannel left:
                Close(left.Channel);
                break;
            case IrcEvent.ChannelUnsafe left:
                Close(left.Channel);
                break;
            case IrcEvent.Disconnecting or IrcEvent.Registered:
                _rooms.Clear();
                _joined.Clear();
                break;
        }
    }

    private void Add(string channel, string nick)
    {
        if (!_rooms.TryGetValue(channel, out var room))
        {
            _rooms[channel] = room = new Dictionary<string, string>(CaseMapping.Rfc1459);
        }
        // The key stays the first spelling, so that the value tells the last.
        room[nick] = nick;
    }

    private void Close(string channel)
    {
        _rooms.Remove(channel);
        _joined.Remove(channel);
    }
}

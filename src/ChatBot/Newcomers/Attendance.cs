
using ChatBot.Core.Newcomers;

namespace ChatBot.Newcomers;

/// <summary>Who is in which channel, in memory and for as long as they are in one. Many may ask while one loop changes it.</summary>
internal sealed class Attendance
{
    private readonly Lock _changing = new();
    private readonly Dictionary<string, (Visitor Who, HashSet<string> Channels)> _present = new(StringComparer.OrdinalIgnoreCase);

    public Visitor? Find(string nick)
    {
        lock (_changing)
        {
            return _present.TryGetValue(nick, out var there) ? there.Who : null;
        }
    }

    /// <summary>Somebody is in a channel; what was known of them before is replaced.</summary>
    public Visitor Came(string channel, Visitor who)
    {
        lock (_changing)
        {
            var channels = _present.TryGetValue(who.Nick, out var there) ? there.Channels : new(StringComparer.OrdinalIgnoreCase);
            channels.Add(channel);
            _present[who.Nick] = (who, channels);
            return who;
        }
    }

    public void Left(string channel, string nick)
    {
        lock (_changing)
        {
            if (_present.TryGetValue(nick, out var there) && there.Channels.Remove(channel) && there.Channels.Count == 0)
            {
                _present.Remove(nick);
            }
        }
    }

    /// <summary>The bot sees no more who is in the channel.</summary>
    public void Close(string channel)
    {
        lock (_changing)
        {
            foreach (var nick in _present.Keys.ToList())
            {
                Left(channel, nick);
            }
        }
    }

    public Visitor? Quit(string nick)
    {
        lock (_changing)
        {
            return _present.Remove(nick, out var there) ? there.Who : null;
        }
    }

    public void Renamed(string nick, string newNick)
    {
        lock (_changing)
        {
            if (_present.Remove(nick, out var there))
            {
                _present[newNick] = (there.Who with { Nick = newNick }, there.Channels);
            }
        }
    }

    /// <summary>They have another account, or none.</summary>
    public Visitor? Identified(string nick, string? account)
    {
        lock (_changing)
        {
            if (!_present.TryGetValue(nick, out var there))
            {
                return null;
            }

            var who = there.Who with { Account = account };
            _present[nick] = (who, there.Channels);
            return who;
        }
    }
}

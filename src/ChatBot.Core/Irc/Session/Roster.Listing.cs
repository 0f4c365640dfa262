namespace ChatBot.Core.Irc.Session;

/// <summary>What the server lists of a channel: NAMES, WHO, WHOX, and the marks that MODE gives and takes.</summary>
internal sealed partial class Roster
{
    private void OnNames(IrcMessage message)
    {
        if (In(message[2]) is not { } room)
        {
            return;
        }

        foreach (var name in message.Last.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var who = name.TrimStart([.. _state.Isupport.PrefixMarks]);
            var (source, marks) = (IrcSource.Parse(who), name[..^who.Length]);
            if (_state.IsMe(source.Nick))
            {
                room.OwnMarks = marks;
            }
            else if (IrcCommand.CanTarget(source.Nick))
            {
                Meet(room, source, marks);
            }
        }
    }

    private void Meet(Room room, IrcSource who, string marks)
    {
        if (Add(room, who.Nick, marks) is { } member && who is { User: not null, Host: not null })
        {
            member.UserHost = $"{who.User}@{who.Host}";
        }
    }

    // RPL_WHOREPLY: me channel user host server nick flags :hops realname
    private void OnWho(IrcMessage message) =>
        Describe(message[1], message[5], $"{message[2]}@{message[3]}", message[6], null);

    // RPL_WHOSPCRPL to %tcuhnfar: me token channel user host nick flags account realname
    private void OnWhox(IrcMessage message)
    {
        if (message[1] == WhoxToken && message.Params.Count >= 8)
        {
            Describe(message[2], message[5], $"{message[3]}@{message[4]}", message[6], message[7]);
        }
    }

    private void Describe(string channel, string nick, string userHost, string flags, string? account)
    {
        if (_state.IsMe(nick) || In(channel) is not { } room || Find(nick) is not { } member)
        {
            return;
        }

        (member.UserHost, member.IsAway) = (userHost, flags.StartsWith('G'));
        if (_state.Isupport.BotMode is { } letter)
        {
            member.IsBot = flags.Contains(letter);
        }

        if (account is not null)
        {
            member.Account = account != "0" && IrcTags.IsPlain(account) ? account : null;
        }

        _state.Emit(new IrcEvent.MemberDescribed(room.Name, Show(member)));
    }

    private void OnMode(IrcMessage message)
    {
        if (In(message[0]) is not { } room)
        {
            return;
        }

        foreach (var change in ChannelModeChanges.Read(message, 1, _state.Isupport))
        {
            var at = _state.Isupport.PrefixModes.IndexOf(change.Letter);
            if (at < 0 || change.Parameter is not { } nick)
            {
                continue;
            }

            var (mark, order) = (_state.Isupport.PrefixMarks[at], _state.Isupport.PrefixMarks);
            if (_state.IsMe(nick))
            {
                room.OwnMarks = Room.Marked(room.OwnMarks ?? "", mark, change.IsSet, order);
            }
            else if (Find(nick) is { } member && room.Members.TryGetValue(member, out var marks))
            {
                room.Members[member] = Room.Marked(marks, mark, change.IsSet, order);
            }
        }
    }
}

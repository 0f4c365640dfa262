using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace ChatBot.Tests.Mail;

/// <summary>A POP3 server with one mailbox in memory, which misbehaves as a test asks.</summary>
internal sealed class Pop3Peer : ScriptedPeer
{
    private readonly Lock _changing = new();
    private readonly List<(string Uidl, string Text)> _mails = [];

    /// <summary>Without it, neither CAPA nor UIDL is known.</summary>
    public bool NamesMails { get; init; } = true;

    /// <summary>What it says that every mail measures, where that is not the truth.</summary>
    public int? ClaimedSize { get; init; }

    /// <summary>Mails that it refuses to give.</summary>
    public ConcurrentDictionary<string, bool> Refused { get; } = new();

    /// <summary>Mails in the middle of which it cuts the connection.</summary>
    public ConcurrentDictionary<string, bool> Cut { get; } = new();

    /// <summary>Every command it got, PASS without its word.</summary>
    public ConcurrentQueue<string> Received { get; } = new();

    public int Sessions => Received.Count(command => command == "USER globot");

    public void Add(string uidl, string text)
    {
        lock (_changing)
        {
            _mails.Add((uidl, text.ReplaceLineEndings("\r\n")));
        }
    }

    public IReadOnlyList<string> Standing()
    {
        lock (_changing)
        {
            return [.. _mails.Select(mail => mail.Uidl)];
        }
    }

    protected override Task ServeAsync(NetworkStream stream) => TalkAsync(stream);

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var mails = Snapshot();
        var deleted = new HashSet<int>();
        await SendAsync(stream, "+OK ready\r\n");
        while (await reader.ReadLineAsync(Stopping) is { } command)
        {
            var words = command.Split(' ');
            Received.Enqueue(words[0] == "PASS" ? "PASS" : command);
            var index = words.Length > 1 && int.TryParse(words[1], out var number) ? number - 1 : -1;
            if (words[0] is "RETR" && Cut.ContainsKey(mails[index].Uidl))
            {
                await SendAsync(stream, "+OK\r\nSubject: half\r\n");
                return;
            }
            if (words[0] == "DELE")
            {
                deleted.Add(index);
            }

            await SendAsync(stream, Answer(words[0], index, mails));
            if (words[0] != "QUIT")
            {
                continue;
            }

            Delete(deleted.Select(i => mails[i].Uidl));
            return;
        }
    }

    private string Answer(string verb, int index, List<(string Uidl, string Text)> mails) => verb switch
    {
        "CAPA" when NamesMails => "+OK\r\nUSER\r\nUIDL\r\nTOP\r\n.\r\n",
        "USER" or "PASS" or "DELE" or "QUIT" or "NOOP" => "+OK\r\n",
        "STAT" => $"+OK {mails.Count} {mails.Sum(mail => mail.Text.Length)}\r\n",
        "UIDL" when NamesMails => List(mails.Select(mail => mail.Uidl)),
        "LIST" => List(mails.Select(mail => $"{ClaimedSize ?? mail.Text.Length}")),
        "RETR" when !Refused.ContainsKey(mails[index].Uidl) => $"+OK\r\n{mails[index].Text}\r\n.\r\n",
        "TOP" when index >= 0 => $"+OK\r\n{mails[index].Text.Split("\r\n\r\n")[0]}\r\n\r\n.\r\n",
        _ => "-ERR no\r\n",
    };

    private static string List(IEnumerable<string> values) =>
        "+OK\r\n" + string.Concat(values.Select((value, i) => $"{i + 1} {value}\r\n")) + ".\r\n";

    private List<(string Uidl, string Text)> Snapshot()
    {
        lock (_changing)
        {
            return [.. _mails];
        }
    }

    private void Delete(IEnumerable<string> uidls)
    {
        lock (_changing)
        {
            _mails.RemoveAll(mail => uidls.Contains(mail.Uidl));
        }
    }

    private async Task SendAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), Stopping);
}

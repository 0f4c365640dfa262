using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatBot.Tests.EndToEnd;

/// <summary>A name server on loopback that answers each question as the test says.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    public const byte NoSuchName = 3;
    public const byte Failed = 2;

    private readonly CancellationTokenSource _stop = new();
    private readonly UdpClient _udp;
    private readonly TcpListener _tcp;
    private readonly Task _running;

    private NameServer(UdpClient udp, TcpListener tcp)
    {
        (_udp, _tcp) = (udp, tcp);
        _running = Task.WhenAll(AnswerAsync(), AnswerByTcpAsync());
    }

    public IPEndPoint Address => (IPEndPoint)_udp.Client.LocalEndPoint!;

    /// <summary>The questions as <c>udp NAME</c> or <c>tcp NAME</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Of every record the strings.</summary>
    public string[][] Records { get; set; } = [];

    public byte ResponseCode { get; set; }

    public bool IsSilent { get; set; }

    /// <summary>The answer is said not to fit a datagram.</summary>
    public bool IsTooLong { get; set; }

    public static NameServer Start()
    {
        while (true)
        {
            var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            var tcp = new TcpListener((IPEndPoint)udp.Client.LocalEndPoint!);
            try
            {
                tcp.Start();
                return new NameServer(udp, tcp);
            }
            catch (SocketException)
            {
                udp.Dispose();
                tcp.Dispose();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _udp.Dispose();
        _tcp.Dispose();
        _stop.Dispose();
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            var question = await _udp.ReceiveAsync(_stop.Token);
            Asked.Enqueue("udp " + NameIn(question.Buffer));
            if (!IsSilent)
            {
                await _udp.SendAsync(Answer(question.Buffer, cut: IsTooLong), question.RemoteEndPoint, _stop.Token);
            }
        }
    }

    private async Task AnswerByTcpAsync()
    {
        while (true)
        {
            using var client = await _tcp.AcceptTcpClientAsync(_stop.Token);
            var stream = client.GetStream();
            var length = new byte[2];
            await stream.ReadExactlyAsync(length, _stop.Token);
            var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(question, _stop.Token);
            Asked.Enqueue("tcp " + NameIn(question));
            var answer = Answer(question, cut: false);
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)answer.Length);
            await stream.WriteAsync((byte[])[.. length, .. answer], _stop.Token);
        }
    }

    private static string NameIn(byte[] question)
    {
        var labels = new List<string>();
        for (var at = 12; question[at] != 0; at += question[at] + 1)
        {
            labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        }

        return string.Join('.', labels);
    }

    /// <summary>RFC 1035 §4.1: the header, the question again, and each record with a pointer to the name in it.</summary>
    private byte[] Answer(byte[] question, bool cut)
    {
        var end = 12;
        while (question[end] != 0)
        {
            end += question[end] + 1;
        }

        end += 5;
        var records = cut ? [] : Records;
        byte[] head = [question[0], question[1], (byte)(cut ? 0x87 : 0x85), (byte)(0x80 | ResponseCode), 0, 1, 0, (byte)records.Length, 0, 0, 0, 0];
        return [.. head, .. question[12..end], .. records.SelectMany(Record)];
    }

    private static byte[] Record(string[] strings)
    {
        byte[] data = [.. strings.SelectMany(text => (byte[])[(byte)text.Length, .. Encoding.ASCII.GetBytes(text)])];
        return [0xC0, 12, 0, 16, 0, 1, 0, 0, 1, 44, (byte)(data.Length >> 8), (byte)data.Length, .. data];
    }
}

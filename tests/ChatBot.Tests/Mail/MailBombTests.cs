using System.Text;
using ChatBot.Core.Mail.Formats;
using ChatBot.Mail;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class MailBombTests
{
    private const long MostAllocated = 50_000_000;

    public static TheoryData<string> Bombs { get; } = [.. MailBombs.Names];

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_mail_made_to_choke_a_parser_is_read_within_bounds(string bomb)
    {
        var bytes = MailBombs.Make(bomb);
        var (bounded, _) = MailBounds.Apply(bytes);
        Assert.InRange(bounded.Length, 0, MailBounds.MostBytes);
        Assert.InRange(Boundaries(bounded.Span), 0, MailBounds.MostBoundaryLines);
        var before = GC.GetAllocatedBytesForCurrentThread();
        if (MailParser.Read(bytes) is MailReading.Readable { Mail: var mail })
        {
            Classifier.Classify(mail, Sample.Inventory);
            Assert.InRange(mail.Text.Length, 0, 256 * 1024);
            Assert.InRange(mail.Headers.Count, 1, MailBounds.MostFields);
            Assert.InRange(mail.Returned.Count, 0, MailBounds.MostFields);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
    }

    [Fact]
    public async Task Bombs_in_a_batch_do_not_keep_an_alert_from_being_announced_and_announce_nothing_themselves()
    {
        await using var engine = await HostileMailTests.StartAsync();
        var bombs = MailBombs.Names.Select(name => engine.Mail(Head(MailBombs.Make(name)), closed: false));
        await engine.TakeAsync([.. bombs, engine.Mail(Nagios.Problem("hal", "POP3"))]);
        await engine.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(["[hal] POP3 CRITICAL — #1"], await engine.PublicAsync());
        Assert.All(await engine.RootAsync(), HostileMailTests.AssertInert);
    }

    [Fact]
    public void Nothing_that_mutation_makes_of_a_mail_is_thrown_at_the_caller()
    {
        var seeds = Sample.All.Concat(Sample.Hostile).Select(sample => sample.Bytes).ToArray();
        var edit = Gen.Select(Gen.Double[0, 1], Gen.Byte, Gen.Int[0, 9]);
        Gen.Select(Gen.Int[0, seeds.Length - 1], edit.Array[1, 20]).Sample(
            mutation =>
            {
                if (MailParser.Read(Mutate(seeds[mutation.Item1], mutation.Item2)) is not MailReading.Readable { Mail: var mail })
                {
                    return;
                }

                Assert.DoesNotContain("\n@@ -", mail.Text, StringComparison.Ordinal);
                var report = Classifier.Classify(mail, Sample.Inventory);
                foreach (var name in (string?[])[report.Machine?.Value, report.Service?.Value])
                {
                    Assert.DoesNotContain(name ?? "", char.IsControl);
                }
            },
            iter: 2000);
    }

    /// <summary>What a source hands over of a mail.</summary>
    private static byte[] Head(byte[] mail) => mail.Length <= MailBounds.MostBytes ? mail : mail[..(MailBounds.MostBytes + 1)];

    private static int Boundaries(ReadOnlySpan<byte> mail) =>
        Encoding.Latin1.GetString(mail).Split('\n').SkipWhile(line => line.Trim().Length > 0).Count(line => line.StartsWith("--", StringComparison.Ordinal));

    private static byte[] Mutate(byte[] seed, (double At, byte Value, int How)[] edits)
    {
        var bytes = seed.ToList();
        foreach (var (at, value, how) in edits)
        {
            if (bytes.Count == 0)
            {
                break;
            }

            var i = (int)(at * (bytes.Count - 1));
            switch (how)
            {
                case 0: bytes.RemoveAt(i); break;
                case 1: bytes[i] = value; break;
                case 2: bytes.InsertRange(i, bytes.Skip(i).Take(value).ToArray()); break;
                case 3: bytes.RemoveRange(i, Math.Min(value, bytes.Count - i)); break;
                case 4: bytes.RemoveRange(i, bytes.Count - i); break;
                case 5: bytes[i] ^= (byte)(1 << (value & 7)); break;
                case 6: SwapLines(bytes, i); break;
                default: bytes.Insert(i, how switch { 7 => (byte)'\r', 8 => (byte)'\n', _ => 0 }); break;
            }
        }
        return [.. bytes];
    }

    /// <summary>The line after that place comes before it.</summary>
    private static void SwapLines(List<byte> bytes, int at)
    {
        var start = bytes.LastIndexOf((byte)'\n', at) + 1;
        var middle = bytes.IndexOf((byte)'\n', at) + 1;
        var end = middle == 0 ? 0 : bytes.IndexOf((byte)'\n', middle) + 1;
        if (end == 0)
        {
            return;
        }

        byte[] swapped = [.. bytes[middle..end], .. bytes[start..middle]];
        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, swapped);
    }
}

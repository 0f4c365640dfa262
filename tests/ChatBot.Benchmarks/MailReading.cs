using BenchmarkDotNet.Attributes;
using ChatBot.Core.Machines;
using ChatBot.Core.Mail.Formats;
using ChatBot.Mail;
using MimeKit;

namespace ChatBot.Benchmarks;

/// <summary>
/// The whole corpus: MIME parsing alone, then the bounded reading, then the facts; a ratio of one run travels, a time does not. It is
/// warmed up for long: until the formats are compiled with optimisation, they take five times as long.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 30, iterationCount: 15)]
public class MailReading
{
    private readonly byte[][] _mails = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus"), "*.eml")
        .Select(File.ReadAllBytes).ToArray();

    [Benchmark(Baseline = true)]
    public int MimeKitAlone()
    {
        var subjects = 0;
        foreach (var mail in _mails)
        {
            using var message = MimeMessage.Load(new MemoryStream(mail));
            subjects += message.Subject?.Length ?? 0;
        }

        return subjects;
    }

    [Benchmark]
    public int Read() => _mails.Count(mail => MailParser.Read(mail) is Mail.MailReading.Readable);

    [Benchmark]
    public int ReadAndClassify() => _mails.Count(mail =>
        MailParser.Read(mail) is Mail.MailReading.Readable read && Classifier.Classify(read.Mail, Inventory.Empty).Machine is not null);
}

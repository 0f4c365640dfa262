using System.Text.Json;
using ChatBot.Core.Machines;
using ChatBot.Mail;
using Xunit;
using CoreMail = ChatBot.Core.Mail.Mail;

namespace ChatBot.Tests.Mail;

/// <summary>One mail of the corpus and what must be made of it.</summary>
public sealed record Sample(string Name, byte[] Bytes, JsonElement Expected)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static IReadOnlyList<Sample> All { get; } = Load(Folder);

    public static IReadOnlyList<Sample> Hostile { get; } = Load(Path.Combine(Folder, "Hostile"));

    /// <summary>Answers to the mail of an alert, as mail programs write them.</summary>
    public static IReadOnlyList<Sample> Replies { get; } = Load(Path.Combine(Folder, "Replies"));

    /// <summary>The machines that the corpus is about.</summary>
    public static Inventory Inventory { get; } = new(
    [
        new Machine { Name = "routeur" },
        new Machine { Name = "sud", Names = ["sud.globenet.org"] },
        new Machine { Name = "coordsud", Names = ["coordsud.globenet.org"] },
        new Machine { Name = "filer", Names = ["filer.globenet.org"] },
        new Machine { Name = "sql", Names = ["sql.globenet.org"] },
        new Machine { Name = "hal", Names = ["hal.globenet.org"] },
        new Machine { Name = "webmail", Names = ["webmail.no-log.org"] },
        new Machine { Name = "web", Names = ["web.no-log.org"] },
        new Machine { Name = "www2", Names = ["www2.globenet.org"] },
    ]);

    public CoreMail Mail => Read(Bytes);

    public static Sample Named(string start) => All.Single(s => s.Name.StartsWith(start, StringComparison.Ordinal));

    public static Sample HostileNamed(string start) => Hostile.Single(s => s.Name.StartsWith(start, StringComparison.Ordinal));

    public static CoreMail Read(byte[] bytes) => Assert.IsType<MailReading.Readable>(MailParser.Read(bytes)).Mail;

    public static TheoryData<string> Names(Func<Sample, bool> those) => [.. All.Where(those).Select(s => s.Name)];

    public static bool IsOf(string source, Sample sample) => sample.Text("source") == source;

    public string? Text(string key) => Expected.GetProperty(key).GetString();

    public IEnumerable<string> Strings(string key) => Expected.GetProperty(key).EnumerateArray().Select(e => e.GetString()!);

    /// <summary>What must not be said of it; few samples name any.</summary>
    public IEnumerable<string> Untrue => Expected.TryGetProperty("untrue", out _) ? Strings("untrue") : [];

    /// <summary>The same mail with other line ends.</summary>
    public byte[] With(string lineEnd)
    {
        var text = System.Text.Encoding.Latin1.GetString(Bytes).ReplaceLineEndings("\n").Replace("\n", lineEnd, StringComparison.Ordinal);
        return System.Text.Encoding.Latin1.GetBytes(text);
    }

    private static Sample[] Load(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(eml => new Sample(
            Path.GetFileNameWithoutExtension(eml),
            File.ReadAllBytes(eml),
            JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(eml, ".json"))).RootElement)),
    ];
}

using System.Text;
using ChatBot.Configuration.Toml;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads <c>[welcome]</c> and its two texts.</summary>
internal static class WelcomeReader
{
    private const int MostLines = 5;
    private const int MostBytes = 350;

    /// <summary>The texts must be there if somebody is to be greeted, or if the table is written.</summary>
    public static WelcomeSettings Read(Section root, bool greets)
    {
        var section = root.Table("welcome");
        var text = section.Text("text") ?? "welcome";
        var needed = greets || root.Has("welcome");
        var settings = new WelcomeSettings(
            section.Duration("delay", TimeSpan.FromSeconds(60), TimeSpan.Zero, TimeSpan.FromHours(1)),
            section.Scope.Absolute(text),
            section.Number("per_minute", 3, 1, 60),
            Lines(section, $"{text}.fr.md", needed),
            Lines(section, $"{text}.en.md", needed));
        section.Done();
        return settings;
    }

    private static List<string> Lines(Section section, string name, bool needed)
    {
        var scope = section.Scope;
        var shown = scope.Shown(name);
        if (!needed && !File.Exists(scope.Absolute(name)))
        {
            return [];
        }

        if (TextFile.Read(scope.Absolute(name), scope.Language, out var wrong) is not { } text)
        {
            section.Report("text", section.Words($"the text for newcomers, {shown}, {wrong}", $"le texte pour les nouveaux venus, {shown}, {wrong}"));
            return [];
        }

        var lines = text.Split('\n').Select((line, index) => (Text: line.Trim(), Place: new Place(shown, index + 1)))
            .Where(line => line.Text.Length > 0).ToList();
        if (lines.Count is 0 or > MostLines)
        {
            section.Report(new Place(shown, 1),
                section.Words($"a welcome of {lines.Count} lines; write 1 to {MostLines}, each is sent as one notice", $"un accueil de {lines.Count} lignes ; écrivez-en 1 à {MostLines}, chacune est envoyée à part"));
        }

        foreach (var line in lines.Where(line => !Fits(line.Text)))
        {
            section.Report(line.Place, section.Words($"this line has over {MostBytes} bytes or a control character; write a shorter, plain one", $"cette ligne a plus de {MostBytes} octets ou un caractère de contrôle ; écrivez-en une plus courte et simple"));
        }

        return [.. lines.Select(line => line.Text)];
    }

    private static bool Fits(string line) => Encoding.UTF8.GetByteCount(line) <= MostBytes && !line.Any(char.IsControl);
}

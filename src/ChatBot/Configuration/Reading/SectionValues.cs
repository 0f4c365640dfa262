using System.Globalization;
using ChatBot.Configuration.Settings;
using ChatBot.Configuration.Toml;

namespace ChatBot.Configuration.Reading;

internal sealed partial class Section
{
    public bool Flag(string key, bool otherwise = false)
    {
        switch (Find(key))
        {
            case null:
                return otherwise;
            case TomlScalar { Value: bool flag }:
                return flag;
            case TomlScalar { Value: string text, FromEnvironment: true } when bool.TryParse(text, out var flag):
                return flag;
            case var node:
                Wrong(node, key, Words("write true or false, without quotes", "écrivez true ou false, sans guillemets"));
                return otherwise;
        }
    }

    public int Number(string key, int otherwise, int least, int most)
    {
        var node = Find(key);
        long? number = node switch
        {
            null => otherwise,
            TomlScalar { Value: long written } => written,
            TomlScalar { Value: string text, FromEnvironment: true }
                when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read) => read,
            _ => null,
        };
        if (number >= least && number <= most)
        {
            return (int)number;
        }

        if (number is null)
        {
            Wrong(node!, key, Words($"write a number from {least} to {most}, without quotes", $"écrivez un nombre de {least} à {most}, sans guillemets"));
        }
        else
        {
            Report(key, Words(
                $"`{key}` is {number}; write a number from {least} to {most}", $"`{key}` vaut {number} ; écrivez un nombre de {least} à {most}"));
        }

        return otherwise;
    }

    public TimeSpan Duration(string key, TimeSpan otherwise, TimeSpan least, TimeSpan most) =>
        OptionalDuration(key, least, most) ?? otherwise;

    public TimeSpan? OptionalDuration(string key, TimeSpan least, TimeSpan most)
    {
        if (Find(key) is not { } node || Text(node, key, DurationAdvice(least, most)) is not { } text)
        {
            return null;
        }

        if (ValueParsers.Duration(text, out var duration) && duration >= least && duration <= most)
        {
            return duration;
        }

        Report(key,
            Words($"`{key}` is \"{text}\"; ", $"`{key}` vaut \"{text}\" ; ") + DurationAdvice(least, most));
        return null;
    }

    /// <summary>One of a few words; null if it is absent or another.</summary>
    public T? Word<T>(string key, params ReadOnlySpan<(string Word, T Value)> words)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        var choice = "";
        foreach (var (word, value) in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }

            choice += choice.Length == 0 ? $"\"{word}\"" : Words($" or \"{word}\"", $" ou \"{word}\"");
        }

        Report(key, Words($"`{key}` is \"{text}\"; write {choice}", $"`{key}` vaut \"{text}\" ; écrivez {choice}"));
        return null;
    }

    /// <summary>A text of a form, "" or its like where it has another; null if it is absent.</summary>
    public T? Optional<T>(string key, Form<T> form, string advice)
        where T : class
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (!form(text, out var value))
        {
            Report(key, Words($"`{key}` is \"{text}\"; {advice}", $"`{key}` vaut \"{text}\" ; {advice}"));
        }

        return value;
    }

    /// <summary>A text of a form that must be there.</summary>
    public T Required<T>(string key, Form<T> form, string advice)
        where T : class
    {
        RequireKey(key, advice);
        if (Optional(key, form, advice) is { } value)
        {
            return value;
        }

        form("", out var nothing);
        return nothing;
    }

    public void RequireKey(string key, string advice)
    {
        if (!Has(key))
        {
            Report(key, Words($"`{key}` is missing {Where}; {advice}", $"`{key}` manque {Where} ; {advice}"));
        }
    }

    /// <summary>A list of texts of a form; in the environment, separated by commas.</summary>
    public IReadOnlyList<T> List<T>(string key, Form<T> form, string advice)
    {
        var values = new List<T>();
        var items = Find(key) switch
        {
            null => [],
            TomlList list => list.Items,
            TomlScalar { Value: string text, FromEnvironment: true } variable => Split(text, variable.Place),
            var node => Nothing(node),
        };
        foreach (var item in items)
        {
            if (Text(item, key) is not { } text)
            {
                continue;
            }

            if (!form(text, out var value))
            {
                Report(item.Place, Words($"`{key}` has \"{text}\"; {advice}", $"`{key}` contient \"{text}\" ; {advice}"));
            }

            values.Add(value);
        }

        return values;

        List<TomlNode> Nothing(TomlNode node)
        {
            Wrong(node, key, ListAdvice(key));
            return [];
        }
    }

    /// <summary>A full path; relative ones begin at the folder of the configuration.</summary>
    public string? FilePath(string key) => Text(key) is { } path ? Scope.Absolute(path) : null;

    /// <summary>The full path of a PEM file with certificates of authorities; null if it is absent or cannot be used.</summary>
    public string? Authorities(string key)
    {
        if (FilePath(key) is not { } path)
        {
            return null;
        }

        if (AuthorityFile.Flaw(path, Scope.Language) is not { } flaw)
        {
            return path;
        }

        Report(key, $"`{key}` {flaw}");
        return null;
    }

    /// <summary>The first line of the file that <c>key_file</c> names.</summary>
    public SecretValue? SecretOf(string key)
    {
        if (Text($"{key}_file") is not { } path)
        {
            return null;
        }

        if (!Scope.ReadsSecrets)
        {
            return new("");
        }

        if (SecretFiles.FirstLine(Scope, path, out var wrong) is { } line)
        {
            return new(line);
        }

        Report($"{key}_file", $"`{key}_file` {wrong}");
        return new("");
    }

    /// <summary>
    /// A text that is neither empty nor holds line ends or other controls, which would reach a protocol; null if absent.
    /// </summary>
    public string? Text(string key) => Find(key) is { } node ? Text(node, key) : null;

    private string? Text(TomlNode node, string key) =>
        Text(node, key, Words("write a text between double quotes", "écrivez un texte entre guillemets droits (\")"));

    private string? Text(TomlNode node, string key, string advice)
    {
        if (node is not TomlScalar { Value: string text })
        {
            Wrong(node, key, advice);
        }
        else if (string.IsNullOrWhiteSpace(text))
        {
            Report(node.Place, Words($"`{key}` is empty; write something or leave it out", $"`{key}` est vide ; écrivez quelque chose ou retirez-le"));
        }
        else if (text.Any(char.IsControl))
        {
            Report(node.Place, Words(
                $"`{key}` has a line end or another control character; write it on one line without any",
                $"`{key}` contient une fin de ligne ou un autre caractère de contrôle ; écrivez-le sur une ligne, sans"));
        }
        else
        {
            return text;
        }

        return null;
    }

    private static List<TomlNode> Split(string text, Place place) =>
    [
        .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(item => new TomlScalar(place, item)),
    ];

    private string DurationAdvice(TimeSpan least, TimeSpan most) => Words(
        $"write a duration from {Written(least)} to {Written(most)}, such as \"5s\" or \"1h30m\"",
        $"écrivez une durée de {Written(least)} à {Written(most)}, par exemple \"5s\" ou \"1h30m\"");

    private static string Written(TimeSpan duration) => duration switch
    {
        { TotalSeconds: > 0 and < 1 } => $"{duration.Milliseconds}ms",
        { TotalMinutes: < 1 } => $"{duration.Seconds}s",
        { TotalHours: < 1 } => $"{duration.Minutes}m",
        _ => $"{duration.TotalHours:0}h",
    };
}

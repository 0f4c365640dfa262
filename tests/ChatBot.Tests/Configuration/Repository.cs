namespace ChatBot.Tests.Configuration;

/// <summary>Finds files of the repository from where the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static string Config => Path.Combine(Root, "config");

    public static string TestData => Path.Combine(Root, "tests", "ChatBot.Tests", "Configuration", "testdata");

    /// <summary>The code of the bot and of its commands.</summary>
    public static IReadOnlyList<string> Sources { get; } =
        [.. new[] { "src", "commands" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    private static string Above(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "ChatBot.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No repository around the tests.");
        }

        return folder;
    }
}

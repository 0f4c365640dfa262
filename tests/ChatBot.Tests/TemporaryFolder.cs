namespace ChatBot.Tests;

/// <summary>A folder that lives as long as its test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chatbot-tests-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file that only its owner can read, unless asked otherwise.</summary>
    public string Write(string name, string text, UnixFileMode others = UnixFileMode.None)
    {
        var file = this[name];
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        }

        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

using ChatBot.Configuration;
using ChatBot.Configuration.Toml;
using Xunit;

namespace ChatBot.Tests.Configuration;

/// <summary>
/// One small configuration a rule: <c>NAME.toml</c> in testdata, and in <c>NAME.expected</c> all that is said of it.
/// </summary>
public sealed class BrokenConfigurationTests
{
    public static TheoryData<string> Names { get; } =
    [
        .. Directory.GetFiles(Repository.TestData, "*.expected")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_configuration_is_refused_with_its_line_and_what_to_write(string name)
    {
        var result = Load(name);

        Assert.Null(result.Settings);
        Assert.Equal(Expected(name), result.Mistakes.Select(Shown));
    }

    [Fact]
    public void Every_configuration_of_testdata_has_its_expectation_or_belongs_to_another()
    {
        var parts = Directory.GetFiles(Repository.TestData, "*.toml").Select(file => Path.GetFileName(file));
        string[] shared = ["machines.toml", "people.toml"];

        Assert.All(parts.Except(shared), part => Assert.Contains(part[..part.IndexOf('.')], Names.Select(row => row.Data)));
    }

    private static ConfigurationResult Load(string name) =>
        ConfigurationFile.Load(Path.Combine(Repository.TestData, name + ".toml"), new Dictionary<string, string>());

    private static string[] Expected(string name) => File.ReadAllLines(Path.Combine(Repository.TestData, name + ".expected"));

    private static string Shown(Mistake mistake) => mistake.ToString()
        .Replace(Repository.TestData + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
        .Replace(Repository.TestData, "testdata", StringComparison.Ordinal);
}

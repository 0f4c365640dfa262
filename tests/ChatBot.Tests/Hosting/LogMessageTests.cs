using System.Reflection;
using System.Text.RegularExpressions;
using ChatBot.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatBot.Tests.Hosting;

/// <summary>What the log says reads well, whatever stands in its places.</summary>
public sealed partial class LogMessageTests
{
    private static readonly IReadOnlyList<(string Message, IReadOnlyList<ParameterInfo> Places)> All =
    [
        .. typeof(Bot).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (method.GetCustomAttribute<LoggerMessageAttribute>()?.Message, method.GetParameters()))
            .Where(one => one.Message is not null)
            .Select(one => (one.Message!, (IReadOnlyList<ParameterInfo>)one.Item2)),
    ];

    [Fact]
    public void No_count_stands_before_a_plural()
    {
        Assert.InRange(All.Count, 40, int.MaxValue);
        Assert.Empty(All.Where(one => one.Places.Any(place => IsNumber(place) && CountAndPlural(one.Message, place.Name!))).Select(one => one.Message));
    }

    [Fact]
    public void No_time_is_said_as_a_machine_writes_it() => Assert.Empty(
        All.Where(one => one.Places.Any(place => Type.GetTypeCode(place.ParameterType) == TypeCode.DateTime
            || place.ParameterType == typeof(TimeSpan) || place.ParameterType == typeof(TimeSpan?))).Select(one => one.Message));

    private static bool IsNumber(ParameterInfo place) => place.ParameterType == typeof(int) || place.ParameterType == typeof(long);

    private static bool CountAndPlural(string message, string place) =>
        Plurals().Matches(message).Any(match => match.Groups[1].Value.Equals(place, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\{(\w+)\} [a-z]+s\b")]
    private static partial Regex Plurals();
}

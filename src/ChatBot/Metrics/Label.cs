using System.Collections.Frozen;
using System.Text.Json;

namespace ChatBot.Metrics;

/// <summary>The label values of an enumeration, <c>AutoReply</c> as <c>auto-reply</c>, made once.</summary>
internal static class Label<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Names = Enum.GetValues<TEnum>()
        .ToFrozenDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

    public static string Of(TEnum value) => Names[value];
}

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Send;

/// <summary>What <c>chatbot send</c> puts into its spool: one JSON object a file, UTF-8.</summary>
/// <param name="Machine">A name of the inventory, or a host name.</param>
/// <param name="Service">The check; null for the default one.</param>
/// <param name="Kind"><c>alert</c>, <c>ok</c> or <c>note</c>.</param>
/// <param name="Key">The same kind, machine and key again change nothing; null where every call counts.</param>
/// <param name="IsPublic">Whether everybody may read the words of a note.</param>
/// <param name="Text">Free text.</param>
/// <param name="At">When it was sent, UTC.</param>
/// <param name="State">That of an alert or of its end, in the monitor's words; null for CRITICAL and OK.</param>
internal sealed partial record SentReport(
    string Machine, string? Service, string Kind, string? Key, bool IsPublic, string Text, DateTimeOffset At, string? State = null)
{
    public const int LongestName = 40;
    public const int LongestKey = 200;

    /// <summary>What of a text is kept, in UTF-16 units.</summary>
    public const int LongestText = 2000;

    /// <summary>Whether it may name a machine or a service: names are read in public.</summary>
    public static bool IsName(string name) => name.Length <= LongestName && Name().IsMatch(name);

    /// <summary>Whether a state is one that a report of this kind may have: bad ones of an alert, good ones of an end, none of a note.</summary>
    public static bool IsStateOf(string kind, string state) =>
        kind != "note" && CheckStates.Parse(state) is { } known && known.IsGood() == (kind == "ok");

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, SentReportJson.Default.SentReport);

    /// <summary>Reads what <see cref="Write"/> wrote; null for anything else.</summary>
    public static SentReport? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SentReportJson.Default.SentReport) is { } sent && sent.IsValid ? sent : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsValid =>
        Machine is not null && IsName(Machine) && (Service is null || IsName(Service)) && Kind is "alert" or "ok" or "note"
        && Key is null or { Length: > 0 and <= LongestKey } && Text is { Length: <= LongestText } && (State is null || IsStateOf(Kind, State)) && !(IsPublic && Kind != "note");

    // Neither an address nor a link, and no long number that may be one of a person.
    [GeneratedRegex(@"^(?!.*(?:://|www\.|[0-9]{6}))[\p{L}\p{Nd}](?:[\p{L}\p{Nd} _.:/-]*[\p{L}\p{Nd}])?$", RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex Name();
}

[JsonSerializable(typeof(SentReport))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 4)]
internal sealed partial class SentReportJson : JsonSerializerContext;

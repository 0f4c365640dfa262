
using ChatBot.Core.Text;

namespace ChatBot.Storage;

/// <summary>What people said, in the store: the words in one column, who could read them in another.</summary>
internal static class Remarks
{
    public static string Store(Audience audience) => audience == Audience.Public ? "public" : "root";

    public static Audience Read(string audience) => audience == "public" ? Audience.Public : Audience.Root;

    public static Remark Read(string text, string? audience) => new(new RootText(text), Read(audience ?? "root"));
}

namespace ChatBot.Storage;

/// <summary>Times in the store: milliseconds since 1970, UTC.</summary>
internal static class Moment
{
    public static long Store(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long? Store(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static DateTimeOffset Read(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset? Read(long? milliseconds) => milliseconds is { } value ? Read(value) : null;
}

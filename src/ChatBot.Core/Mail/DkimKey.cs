namespace ChatBot.Core.Mail;

/// <summary>The rules on a key record (RFC 6376 §3.6.1) that need no arithmetic.</summary>
public static class DkimKey
{
    private const int LongestRecord = 4096;

    /// <summary>Why the record gives no key for signatures of that algorithm (<c>a=</c>, lower case), or null.</summary>
    public static DkimFlaw? Flaw(string record, string algorithm)
    {
        if (record.Length > LongestRecord || TagList.Read(record) is not { } tags || !tags.TryGetValue("p", out var key))
        {
            return DkimFlaw.KeyUnfit;
        }

        if (tags.TryGetValue("v", out var version) && (version != "DKIM1" || !record.TrimStart().StartsWith('v')))
        {
            return DkimFlaw.KeyUnfit;
        }

        if (key.Length == 0)
        {
            return DkimFlaw.KeyRevoked;
        }

        var flags = tags.GetValueOrDefault("t", "").Split(':');
        if (flags.Contains("y"))
        {
            return DkimFlaw.KeyOnTrial;
        }

        return $"{tags.GetValueOrDefault("k", "rsa")}-sha256" == algorithm
            && tags.GetValueOrDefault("h", "sha256").Split(':').Contains("sha256")
            && tags.GetValueOrDefault("s", "*").Split(':').Any(use => use is "*" or "email")
            ? null
            : DkimFlaw.KeyUnfit;
    }
}

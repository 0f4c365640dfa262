using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;
using ChatBot.Net;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads a text of a given form; false if it has another.</summary>
internal delegate bool Form<T>(string text, out T value);

/// <summary>The forms that texts of the configuration have.</summary>
internal static partial class ValueParsers
{
    public static bool Any(string text, out string value)
    {
        value = text;
        return text.Length > 0;
    }

    /// <summary>Numbers with their unit, the largest first: <c>5s</c>, <c>1h30m</c>, <c>2d</c>, <c>50ms</c>.</summary>
    public static bool Duration(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var match = DurationPattern().Match(text);
        if (!match.Success || text.Length == 0)
        {
            return false;
        }

        value = new TimeSpan(Part("d"), Part("h"), Part("m"), Part("s"), Part("ms"));
        return true;

        int Part(string unit) => match.Groups[unit] is { Success: true } group
            ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture)
            : 0;
    }

    /// <summary>Whole days, at least one: <c>90d</c>.</summary>
    public static bool Days(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        if (!DaysPattern().IsMatch(text))
        {
            return false;
        }

        value = TimeSpan.FromDays(int.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture));
        return true;
    }

    public static bool Nick(string text, out string value) => Matches(NickPattern(), text, out value);

    /// <summary>The nick of a service, with its host after an @ or without.</summary>
    public static bool Service(string text, out string value)
    {
        value = text;
        var parts = text.Split('@');
        return parts.Length <= 2 && Nick(parts[0], out _) && (parts.Length == 1 || Host(parts[1], out _));
    }

    public static bool Channel(string text, out string value) => Matches(ChannelPattern(), text, out value);

    public static bool Prefix(string text, out string value) => Matches(PrefixPattern(), text, out value);

    public static bool MachineName(string text, out string value) => Matches(MachineNamePattern(), text, out value);

    /// <summary>A host name that may be anywhere in DNS.</summary>
    public static bool Host(string text, out string value)
    {
        value = text;
        return Uri.CheckHostName(text) != UriHostNameType.Unknown;
    }

    public static bool Network(string text, out IPNetwork value)
    {
        value = default;
        return text.Contains('/') && IPNetwork.TryParse(text, out value);
    }

    /// <summary>An address or a network from which mail is handed over.</summary>
    public static bool SendingAddress(string text, out SendingPlace value) => SendingPlace(text, out value) && value.Network is not null;

    /// <summary>The same, or a local user of the mail server.</summary>
    public static bool SendingPlace(string text, out SendingPlace value)
    {
        var read = ChatBot.Core.Machines.SendingPlace.Parse(text);
        value = read ?? ChatBot.Core.Machines.SendingPlace.Of(new IPNetwork(IPAddress.None, 32));
        return read is not null;
    }

    /// <summary>A mail address, exactly.</summary>
    public static bool Address(string text, out string value) => Matches(AddressPattern(), text, out value);

    /// <summary>A mail address where <c>*</c> stands for any letters.</summary>
    public static bool AddressPattern(string text, out string value) => Matches(AddressWithStarsPattern(), text, out value);

    /// <summary>SHA-256 of a certificate; colons and spaces are dropped, letters put in lower case.</summary>
    public static bool Sha256(string text, out string value) => Hexadecimal(text, [64], out value);

    /// <summary>A certificate fingerprint as IRC servers write it: SHA-1, SHA-256 or SHA-512.</summary>
    public static bool CertFp(string text, out string value) => Hexadecimal(text, [40, 64, 128], out value);

    /// <summary>An OpenPGP fingerprint, version 4 or 6.</summary>
    public static bool PgpFingerprint(string text, out string value) => Hexadecimal(text, [40, 64], out value);

    /// <summary>An international number; spaces, dots and dashes are dropped.</summary>
    public static bool Phone(string text, out string value) =>
        Matches(PhonePattern(), string.Concat(text.Where(letter => !" .-".Contains(letter))), out value);

    public static bool Changelog(string text, out string value)
    {
        value = text;
        return text.StartsWith("ssh:", StringComparison.Ordinal) ? MachineName(text[4..], out _)
            : text.StartsWith("file:/", StringComparison.Ordinal) && text.Length > "file:/".Length;
    }

    public static bool Zone(string text, out TimeZoneInfo value)
    {
        var known = TimeZoneInfo.TryFindSystemTimeZoneById(text, out var found);
        value = found ?? TimeZoneInfo.Utc;
        return known;
    }

    /// <summary>
    /// Where to listen: an address of this machine, or localhost. Other names are refused: what one resolves to may change.
    /// </summary>
    public static bool Listen(string text, out IPEndPoint value)
    {
        value = new(IPAddress.Loopback, 0);
        if (!HostPort.TryParse(text, out var place) || !IPAddress.TryParse(place.Host == "localhost" ? "127.0.0.1" : place.Host, out var address))
        {
            return false;
        }

        value = new(address, place.Port);
        return true;
    }

    private static bool Hexadecimal(string text, int[] lengths, out string value)
    {
        value = string.Concat(text.Where(letter => letter is not (':' or ' '))).ToLowerInvariant();
        return lengths.Contains(value.Length) && value.All(char.IsAsciiHexDigit);
    }

    private static bool Matches(Regex pattern, string text, out string value)
    {
        value = text;
        return pattern.IsMatch(text);
    }

    [GeneratedRegex(
        @"^((?<d>[0-9]{1,3})d)?((?<h>[0-9]{1,4})h)?((?<m>[0-9]{1,5})m)?((?<s>[0-9]{1,6})s)?((?<ms>[0-9]{1,6})ms)?\z",
        RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"^[1-9][0-9]{0,3}d\z", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex DaysPattern();

    // RFC 2812, 2.3.1, and the thirty letters most networks allow.
    [GeneratedRegex(@"^[A-Za-z\[\]\\`_^{|}][A-Za-z0-9\[\]\\`_^{|}-]{0,29}\z", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex NickPattern();

    // RFC 2812, 1.3.
    [GeneratedRegex(@"^[#&+!][^\s,:\p{C}]{1,63}\z", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex ChannelPattern();

    [GeneratedRegex(@"^[^\w\s/\p{C}]{1,3}\z", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex PrefixPattern();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._-]{0,252})\z", RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex MachineNamePattern();

    [GeneratedRegex(@"^[^@\s*<>,]+@[^@\s*<>,]+\z", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex AddressPattern();

    [GeneratedRegex(@"^[^@\s<>,]+@[^@\s<>,]+\z", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex AddressWithStarsPattern();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex PhonePattern();
}

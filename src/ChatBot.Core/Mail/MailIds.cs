using System.Globalization;

namespace ChatBot.Core.Mail;

/// <summary>
/// The identifiers (RFC 5322 §3.6.4) of the bot's own mails. All end alike, so that such a mail is known when it comes back without the fields
/// that tell it.
/// </summary>
public static class MailIds
{
    /// <summary>The longest identifier of somebody else that is repeated, with its angle brackets.</summary>
    public const int Longest = 250;

    private const string Mark = ".chatbot@";
    private const string Incident = "incident-";

    /// <summary>Of a row of the outbox: the same each time that it is sent.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="createdAt">Its moment, in milliseconds since 1970.</param>
    /// <param name="ownAddress">The bot's address.</param>
    public static string OfRow(long row, long createdAt, string ownAddress) =>
        string.Create(CultureInfo.InvariantCulture, $"<{row}.{createdAt}{Mark}{DomainOf(ownAddress)}>");

    /// <summary>Of the thread of an incident: no mail has it, and every mail of the bot about that incident refers to it.</summary>
    /// <param name="number">The number of the incident.</param>
    /// <param name="installation">Tells this bot and its standby from others of the same domain.</param>
    /// <param name="ownAddress">The bot's address.</param>
    public static string OfIncident(long number, string installation, string ownAddress) =>
        string.Create(CultureInfo.InvariantCulture, $"<{Incident}{number}.{installation}{Mark}{DomainOf(ownAddress)}>");

    /// <summary>The number of the incident whose thread this is; null for any other identifier, and for those of another installation.</summary>
    public static long? IncidentOf(string id, string installation) =>
        id.StartsWith("<" + Incident, StringComparison.Ordinal)
        && id[(Incident.Length + 1)..].Split('.', 2) is [var number, var rest]
        && rest.StartsWith(installation + Mark, StringComparison.Ordinal)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var read)
            ? read
            : null;

    /// <summary>Whether a bot with this address wrote the mail.</summary>
    public static bool IsOwn(string id, string ownAddress) => id.Trim().EndsWith($"{Mark}{DomainOf(ownAddress)}>", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first identifier of a field, fit to be written into another; null where there is none.</summary>
    public static string? Read(string? field)
    {
        if (field is null || field.IndexOf('<', StringComparison.Ordinal) is var start && start < 0 || field.IndexOf('>', start) is var end && end < 0)
        {
            return null;
        }

        var id = field[start..(end + 1)];
        return id.Length is > 4 and <= Longest && id.Contains('@', StringComparison.Ordinal) && !id.AsSpan().ContainsAnyExceptInRange('!', '~') && id.LastIndexOf('<') == 0 ? id : null;
    }

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];
}

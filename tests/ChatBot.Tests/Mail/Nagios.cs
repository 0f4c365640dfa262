using System.Globalization;

namespace ChatBot.Tests.Mail;

/// <summary>Mails as Nagios 4 writes them.</summary>
internal static class Nagios
{
    private static int _number;

    public static string Problem(string host, string service, string state = "CRITICAL", string output = "Connection refused") =>
        Write("PROBLEM", host, service, state, output);

    public static string Recovery(string host, string service) => Write("RECOVERY", host, service, "OK", "fine again");

    /// <summary>One of POP3 of hal, written at some moment by the clock of its sender; null for a mail without a date.</summary>
    public static string Written(DateTimeOffset? at, string state = "CRITICAL", string sender = "hal", string? type = null)
    {
        var date = $"Date: {at?.ToString("r", CultureInfo.InvariantCulture)}";
        var mail = Write(type ?? (state == "OK" ? "RECOVERY" : "PROBLEM"), "hal", "POP3", state);
        return string.Join('\n', mail.Replace("nagios@hal.", $"nagios@{sender}.", StringComparison.Ordinal).Split('\n')
            .Select(line => line.StartsWith("Date:", StringComparison.Ordinal) ? date : line)
            .Where(line => at is not null || line != date));
    }

    /// <summary>No two are the same mail.</summary>
    public static string Write(string type, string host, string service, string state, string output = "", string more = "") => $"""
        Received: by mail.globenet.org (Postfix, from userid 111)
        	id A{++_number:D9}; Sun, 22 Nov 2026 20:00:00 +0000 (UTC)
        To: root@globenet.org
        Subject: ** {type} Service Alert: {host}/{service} is {state} **
        Message-Id: <{_number}@hal.globenet.org>
        Date: Sun, 22 Nov 2026 {_number / 3600 % 24:D2}:{_number / 60 % 60:D2}:{_number % 60:D2} +0000
        From: nagios@hal.globenet.org

        ***** Nagios *****

        Notification Type: {type}

        Service: {service}
        Host: {host}
        Address: 192.0.2.7
        State: {state}
        {more}

        Additional Info:

        {output}
        """;
}

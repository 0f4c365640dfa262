namespace ChatBot.Tests.Mail;

/// <summary>Mails about a host as Nagios 4 writes them.</summary>
internal static class NagiosHost
{
    private static int _number;

    public static string Problem(string host, string state = "DOWN") => Write("PROBLEM", host, state);

    public static string Recovery(string host) => Write("RECOVERY", host, "UP");

    /// <summary>No two are the same mail.</summary>
    public static string Write(string type, string host, string state) => $"""
        Received: by mail.globenet.org (Postfix, from userid 111)
        	id B{++_number:D9}; Sun, 22 Nov 2026 20:00:00 +0000 (UTC)
        To: root@globenet.org
        Subject: ** {type} Host Alert: {host} is {state} **
        Message-Id: <host-{_number}@hal.globenet.org>
        Date: Sun, 22 Nov 2026 {_number / 3600 % 24:D2}:{_number / 60 % 60:D2}:{_number % 60:D2} +0000
        From: nagios@hal.globenet.org

        ***** Nagios *****

        Notification Type: {type}
        Host: {host}
        State: {state}
        Address: 192.0.2.7
        Info: PING

        Date/Time: Sun Nov 22 20:00:00 UTC 2026
        """;
}

using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>Gatus, Healthchecks and Sensu: the end of one check leaves the other.</summary>
public sealed class NamedCheckTests
{
    public static TheoryData<string, string, string, string> Programs { get; } = new()
    {
        { "gatus", "[mail/hal imap] Alert triggered", "[mail/hal imap] Alert resolved", "[mail/hal pop] Alert resolved" },
        { "healthchecks", "DOWN | sauvegarde de hal", "UP | sauvegarde de hal", "UP | purge de hal" },
        { "sensu", "Sensu Alert - hal/check-disk: failing", "Sensu Alert - hal/check-disk: passing", "Sensu Alert - hal/check-load: passing" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task An_end_is_of_its_own_check_and_not_of_a_mail_that_contradicts_itself(string program, string trouble, string end, string other)
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Mail(1, program, trouble, isWell: false), Mail(2, program, other, isWell: true), Mail(3, program, end, isWell: false));
        Assert.Equal(program, Assert.Single(await engine.Incidents.OpenAsync("hal", CancellationToken.None)).Source?.Value);
        await engine.TakeAsync(Mail(4, program, end, isWell: true));
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    private static string Mail(int number, string program, string subject, bool isWell)
    {
        var name = subject.Contains('|', StringComparison.Ordinal) ? subject[(subject.IndexOf('|') + 2)..] : subject[1..Math.Max(1, subject.IndexOf(']'))];
        var text = program switch
        {
            "gatus" => $"An alert for {name} has been {(isWell ? "resolved after" : "triggered due to")} 3 time(s) in a row\n",
            "healthchecks" => $"The check \"{name}\" has gone {(isWell ? "up" : "down")}.\n\nDetails:\n",
            _ => isWell ? "CheckDisk OK: 40%\n" : "CheckDisk CRITICAL: 97%\n",
        };
        return $"From: {program}@sud.globenet.org\nSubject: {subject}\nMessage-ID: <{program}{number}@sud.globenet.org>\nContent-Type: text/plain; charset=utf-8\n\n{text}";
    }
}

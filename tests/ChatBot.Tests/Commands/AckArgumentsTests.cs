using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Commands;

public class AckArgumentsTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    // A Sunday, 14:17 in Paris.
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 13, 17, 0, TimeSpan.Zero);

    // #2, #42, #43 and #15 are open.
    private static readonly IReadOnlyList<Incident> Open =
        [New(2, "sql", null), New(15, "hal", "POP3"), New(42, "hal", "Disk Space /var"), New(43, "vieux", "CPU")];

    [Theory]
    [InlineData("42 je redémarre", "42", 1440, "je redémarre")]
    [InlineData("#42 2h je redémarre", "42", 120, "je redémarre")]
    [InlineData("42 2 h je redémarre", "42", 120, "je redémarre")]
    [InlineData("2h 42 je redémarre", "42", 120, "je redémarre")]
    [InlineData("42 je redémarre 30m", "42", 30, "je redémarre")]
    [InlineData("42 je redémarre 2 heures", "42", 120, "je redémarre")]
    [InlineData("42 je redémarre 1h30", "42", 90, "je redémarre")]
    [InlineData("42 1j vacances", "42", 1440, "vacances")]
    [InlineData("42 1d12h vacances", "42", 2160, "vacances")]
    [InlineData("42 je redémarre dans 2h", "42", 1440, "je redémarre dans 2h")]
    [InlineData("42 en panne depuis 3 jours", "42", 1440, "en panne depuis 3 jours")]
    [InlineData("42 j arrive", "42", 1440, "j arrive")]
    [InlineData("42 2h", "42", 120, "")]
    [InlineData("42 le RAID 5", "42", 1440, "le RAID 5")]
    [InlineData("42 jusqu'à 18h je regarde", "42", 223, "je regarde")]
    [InlineData("jusqu’à 18:30 42 je regarde", "42", 253, "je regarde")]
    [InlineData("42 je regarde jusqu'à demain 9h", "42", 1123, "je regarde")]
    [InlineData("42 until tomorrow 9:00 looking", "42", 1123, "looking")]
    [InlineData("42 looking until 18:00", "42", 223, "looking")]
    [InlineData("42 jusqu'à lundi je regarde", "42", 1123, "je regarde")]
    [InlineData("42 je regarde jusqu'au 12/12", "42", 28483, "je regarde")]
    [InlineData("42 je regarde jusqu'à 14h", "42", 1423, "je regarde")]
    [InlineData("42 une heure et demie je regarde", "42", 90, "je regarde")]
    [InlineData("42 je regarde pendant deux heures et quart", "42", 135, "je regarde")]
    [InlineData("42 1 h et demie je regarde", "42", 90, "je regarde")]
    [InlineData("42 un jour et demi je regarde", "42", 2160, "je regarde")]
    [InlineData("42 un quart d'heure je regarde", "42", 15, "je regarde")]
    [InlineData("42 je regarde trois quarts d'heure", "42", 45, "je regarde")]
    [InlineData("42 an hour and a half looking", "42", 90, "looking")]
    [InlineData("42 looking for two hours and a half", "42", 150, "looking")]
    [InlineData("42 a quarter of an hour looking", "42", 15, "looking")]
    [InlineData("42 une heure et Paul arrive", "42", 60, "et Paul arrive")]
    [InlineData("42 5pm looking", "42", 163, "looking")]
    [InlineData("42 by 5pm looking", "42", 163, "looking")]
    [InlineData("42 by Paul's leave", "42", 1440, "by Paul's leave")]
    [InlineData("42 until dec 5 18:00 looking", "42", 18943, "looking")]
    [InlineData("42 jusqu'au 5 déc 18h je regarde", "42", 18943, "je regarde")]
    [InlineData("42 until december 5th looking", "42", 18403, "looking")]
    [InlineData("42 until next friday looking", "42", 6883, "looking")]
    [InlineData("42 toujours en panne", "42", 1440, "toujours en panne")]
    [InlineData("42 jusqu'à ce que ça marche", "42", 1440, "jusqu'à ce que ça marche")]
    [InlineData("42 43 je regarde les 2", "42 43", 1440, "je regarde les 2")]
    [InlineData("42 je regarde jusqu'à ce que ça marche", "42", 1440, "je regarde jusqu'à ce que ça marche")]
    [InlineData("42 là jusqu'à 18h puis Paul", "42", 1440, "là jusqu'à 18h puis Paul")]
    [InlineData("42 43 je regarde", "42 43", 1440, "je regarde")]
    [InlineData("42 43 2h je regarde", "42 43", 120, "je regarde")]
    [InlineData("42,43 je regarde", "42 43", 1440, "je regarde")]
    [InlineData("42, 43 je regarde", "42 43", 1440, "je regarde")]
    [InlineData("42 et 2 : disques", "42 2", 1440, "disques")]
    [InlineData("2 15 je regarde", "2 15", 1440, "je regarde")]
    [InlineData("2,15 je regarde", "2 15", 1440, "je regarde")]
    [InlineData("2 et 15 je regarde", "2 15", 1440, "je regarde")]
    [InlineData("15 - disque plein", "15", 1440, "disque plein")]
    [InlineData("42 1 semaine vacances", "42", 10080, "vacances")]
    [InlineData("42 1,5h je regarde", "42", 90, "je regarde")]
    [InlineData("42 90 min je regarde", "42", 90, "je regarde")]
    [InlineData("42 une heure je regarde", "42", 60, "je regarde")]
    [InlineData("42 je regarde une demi-heure", "42", 30, "je regarde")]
    [InlineData("42 pendant 2 heures je regarde", "42", 120, "je regarde")]
    [InlineData("42 looking for 2 hours", "42", 120, "looking")]
    [InlineData("42 1w holidays", "42", 10080, "holidays")]
    [InlineData("42 2d holidays", "42", 2880, "holidays")]
    [InlineData("42 lundi je regarde", "42", 1123, "je regarde")]
    [InlineData("42 jusqu'à 18 h 30 je regarde", "42", 253, "je regarde")]
    [InlineData("42 18:30 je regarde", "42", 253, "je regarde")]
    [InlineData("42 pas à jour", "42", 1440, "pas à jour")]
    [InlineData("42 #99 je regarde", "42 99", 1440, "je regarde")]
    [InlineData("42 2 disques en panne", "42", 1440, "2 disques en panne")]
    [InlineData("42 44 boîtes perdues", "42", 1440, "44 boîtes perdues")]
    [InlineData("42 15 min de coupure", "42", 15, "de coupure")]
    [InlineData("42 et Paul arrive", "42", 1440, "et Paul arrive")]
    [InlineData("42, je regarde", "42", 1440, "je regarde")]
    [InlineData("hal pop3 je regarde", "hal/POP3", 1440, "je regarde")]
    [InlineData("hal.globenet.org POP3 2h je regarde", "hal/POP3", 120, "je regarde")]
    [InlineData("hal disk space /var je vide", "hal/Disk Space /var", 1440, "je vide")]
    [InlineData("hal imap je regarde", "hal/IMAP", 1440, "je regarde")]
    [InlineData("hal 2 disques cassés", "hal", 1440, "2 disques cassés")]
    [InlineData("VIEUX je regarde", "vieux", 1440, "je regarde")]
    [InlineData("je regarde", "", 1440, "je regarde")]
    [InlineData("2h je regarde", "", 120, "je regarde")]
    [InlineData("2 jours je suis dessus", "", 2880, "je suis dessus")]
    [InlineData("2 h je redémarre", "", 120, "je redémarre")]
    [InlineData("2 heures : je redémarre", "", 120, "je redémarre")]
    [InlineData("2 hours restarting", "", 120, "restarting")]
    [InlineData("15 mn je redémarre", "", 15, "je redémarre")]
    [InlineData("2 semaines vacances", "", 20160, "vacances")]
    [InlineData("2 j vacances", "", 2880, "vacances")]
    [InlineData("1 heure", "", 60, "")]
    [InlineData("2 heures #42 je redémarre", "42", 120, "je redémarre")]
    [InlineData("2 15 minutes je redémarre", "2", 15, "je redémarre")]
    [InlineData("#2 jours je suis dessus", "2", 1440, "jours je suis dessus")]
    [InlineData("n°2 je regarde", "2", 1440, "je regarde")]
    [InlineData("n° 2 je regarde", "2", 1440, "je regarde")]
    [InlineData("2h n°42 je regarde", "42", 120, "je regarde")]
    [InlineData("2 je regarde", "2", 1440, "je regarde")]
    public void Target_time_and_reason_come_in_any_sensible_order(string typed, string target, int minutes, string reason)
    {
        var arguments = Parse(typed);
        Assert.Equal(target, Text(arguments.Target));
        Assert.Equal(TimeSpan.FromMinutes(minutes), arguments.Until - Now);
        Assert.Equal(reason, arguments.Reason);
    }

    [Theory]
    [InlineData("42 0m raison"), InlineData("42 31j raison"), InlineData("42 99999h raison"), InlineData("42 99999 mois raison"), InlineData("42 jusqu'à dans 99999 mois raison"), InlineData("42 jusqu'au 1/1/2020 raison")]
    [InlineData("42 jusqu'au 12/5 raison"), InlineData("42 jusqu'à aujourd'hui raison"), InlineData("42 30 secondes raison")]
    public void Too_short_and_too_long_are_distinguished_from_the_reason(string typed) =>
        Assert.False(new TypedUntil(Now, Paris).Allows(Parse(typed).Until));

    [Theory]
    [InlineData("42 jusqu'à hier je regarde"), InlineData("42 jusqu'au 31/02 je regarde"), InlineData("42 jusqu'à 9h61 je regarde")]
    [InlineData("42 jusqu'à Noël je regarde"), InlineData("42 je regarde jusqu'à hier"), InlineData("42 je regarde jusqu'au 31/02")]
    [InlineData("42 31/02 je regarde"), InlineData("42 toujours"), InlineData("42 pour toujours"), InlineData("42 3/4 h je regarde")]
    [InlineData("42 until yesterday looking"), InlineData("42 until 13pm looking"), InlineData("42 13pm looking"), InlineData("42 looking until christmas")]
    [InlineData("42 until further notice"), InlineData("42 forever"), InlineData("42 in 2 hours"), InlineData("42 dans 2h"), InlineData("42 depuis 2h")]
    [InlineData("42 by 13pm looking"), InlineData("42 looking by 13pm")]
    public void What_seems_to_be_a_time_and_is_not_understood_is_asked_back(string typed) => Assert.True(Parse(typed).HasTimeSlip);

    [Theory]
    [InlineData("2 15 99 je regarde"), InlineData("2 15 99: je regarde"), InlineData("2 à 15 je regarde"), InlineData("2 to 15 looking"), InlineData("2 through 15 looking")]
    [InlineData("2-15 je regarde"), InlineData("2..15 je regarde")]
    public void A_number_that_is_no_open_incident_or_a_range_is_asked_back(string typed) => Assert.True(Parse(typed).HasNumberSlip || Parse(typed).Target.IsNothing);

    [Fact]
    public void A_flood_of_numbers_is_cut() =>
        Assert.Equal(IncidentTarget.MostNumbers, Parse(string.Join(' ', Enumerable.Range(1, 80).Select(n => "#" + n))).Target.Numbers.Count);

    [Theory]
    [InlineData("2"), InlineData("h"), InlineData("h2"), InlineData("2x"), InlineData("30m2h"), InlineData("1j30"), InlineData("-2h")]
    [InlineData("2,h"), InlineData("1,5h30"), InlineData("123456h"), InlineData(""), InlineData("٢h")]
    public void Other_words_are_no_duration(string typed) => Assert.Null(TypedDuration.Parse(typed));

    private static AckArguments Parse(string typed) => AckArguments.Parse(typed.Split(' '), SampleGroup.Machines, Open, Now, Paris);

    private static string Text(IncidentTarget target) => target.Machine is { } machine
        ? machine.Name + (target.Service is { } service ? "/" + service : "")
        : string.Join(' ', target.Numbers);

    private static Incident New(long number, string machine, string? service) => new()
    {
        Number = number,
        Machine = Name.OfMachine(machine),
        Service = service is null ? null : Name.OfService(service),
        State = CheckState.Critical,
        OpenedAt = Now,
    };
}

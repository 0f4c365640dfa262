using System.Globalization;
using ChatBot.Core.Text;
using Humanizer;

namespace ChatBot.Core.Language;

/// <summary>Puts facts into sentences of one language, with dates and durations as people read them.</summary>
/// <param name="locale">The language of the group.</param>
/// <param name="timeZone">The zone of the hours in sentences.</param>
/// <param name="names">Which names anybody may read; null for those that look like names.</param>
public sealed class Phrasebook(Locale locale, TimeZoneInfo timeZone, PublicNames? names = null)
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly string[] FrenchDays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

    public Locale Locale { get; } = locale;

    public TimeZoneInfo TimeZone { get; } = timeZone;

    /// <summary>The same in another language.</summary>
    public Phrasebook In(Locale other) => other == Locale ? this : new Phrasebook(other, TimeZone, names);

    private CultureInfo Culture => Locale == Locale.French ? French : English;

    /// <summary>What stands between parts of a line that are sentences of their own.</summary>
    public string Semicolon => Locale == Locale.French ? " ; " : "; ";

    /// <summary>A sentence for everybody; only public facts fit into its places.</summary>
    public PublicText Public(Sentence sentence) => PublicFilled(sentence, []);

    public PublicText Public(Sentence1 sentence, PublicText a) => PublicFilled(sentence, [a]);

    public PublicText Public(Sentence2 sentence, PublicText a, PublicText b) => PublicFilled(sentence, [a, b]);

    public PublicText Public(Sentence3 sentence, PublicText a, PublicText b, PublicText c) => PublicFilled(sentence, [a, b, c]);

    public PublicText Public(Sentence4 sentence, PublicText a, PublicText b, PublicText c, PublicText d) => PublicFilled(sentence, [a, b, c, d]);

    public PublicText Public(Sentence5 sentence, PublicText a, PublicText b, PublicText c, PublicText d, PublicText e) => PublicFilled(sentence, [a, b, c, d, e]);

    public PublicText Public(Sentence6 sentence, PublicText a, PublicText b, PublicText c, PublicText d, PublicText e, PublicText f) => PublicFilled(sentence, [a, b, c, d, e, f]);

    /// <summary>
    /// A sentence for both audiences, each with the facts it may read; the public has no line where one of the facts is
    /// not for it.
    /// </summary>
    public Line Say(Sentence sentence) => SayFilled(sentence, []);

    public Line Say(Sentence1 sentence, Fact a) => SayFilled(sentence, [a]);

    public Line Say(Sentence2 sentence, Fact a, Fact b) => SayFilled(sentence, [a, b]);

    public Line Say(Sentence3 sentence, Fact a, Fact b, Fact c) => SayFilled(sentence, [a, b, c]);

    public Line Say(Sentence4 sentence, Fact a, Fact b, Fact c, Fact d) => SayFilled(sentence, [a, b, c, d]);

    public Line Say(Sentence5 sentence, Fact a, Fact b, Fact c, Fact d, Fact e) => SayFilled(sentence, [a, b, c, d, e]);

    public Line Say(Sentence6 sentence, Fact a, Fact b, Fact c, Fact d, Fact e, Fact f) => SayFilled(sentence, [a, b, c, d, e, f]);

    /// <summary>One fact alone, in the words of each audience.</summary>
    public Line Say(Fact fact)
    {
        if (fact.Named is not { } name)
        {
            return fact.Words;
        }

        var line = new Line(Public(name), name);
        var all = fact.After is { } after ? Line.Join(" ", [line, after]) : line;
        return name.IsForRoot ? all.ForRootAlone : all;
    }

    /// <summary>A person's name; “somebody” where it is erased.</summary>
    public PublicText Who(PublicText name) => name.IsEmpty ? Public(Sentences.Somebody) : name;

    // What it is, where its name is not for everybody.
    private PublicText Public(Name name) => (names ?? PublicNames.None).Of(name) is { } known
        ? known
        : Public(name.IsMachine ? Sentences.SomeMachine : Sentences.SomeService);

    /// <summary>“45 secondes”, “12 minutes”, “2 heures et 5 minutes”: one unit below an hour, two from there on.</summary>
    public PublicText Duration(TimeSpan span)
    {
        var seconds = TimeSpan.FromSeconds(Math.Max(0, Math.Round(span.TotalSeconds)));
        var isLong = seconds >= TimeSpan.FromHours(1);
        return PublicText.Declared(seconds.Humanize(
            precision: isLong ? 2 : 1,
            culture: Culture,
            maxUnit: TimeUnit.Day,
            minUnit: isLong ? TimeUnit.Minute : TimeUnit.Second,
            collectionSeparator: Locale == Locale.French ? " et " : " and "));
    }

    /// <summary>“il y a 3 minutes”, “3 minutes ago”; the largest unit only.</summary>
    public PublicText Ago(DateTimeOffset when, DateTimeOffset now)
    {
        var span = TimeSpan.FromSeconds(Math.Max(0, Math.Round((now - when).TotalSeconds)));
        if (span < TimeSpan.FromSeconds(5))
        {
            return Public(Sentences.JustNow);
        }

        var largest = PublicText.Declared(span.Humanize(precision: 1, culture: Culture, maxUnit: TimeUnit.Day, minUnit: TimeUnit.Second));
        return Public(Sentences.Ago, largest);
    }

    /// <summary>“14:05” on the same day, else “22/11 14:05” (French) or “22 Nov 14:05” (English), in the group's zone.</summary>
    public PublicText Time(DateTimeOffset when, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(when, TimeZone);
        var today = TimeZoneInfo.ConvertTime(now, TimeZone);
        var pattern = local.Date == today.Date ? "HH:mm" : Locale == Locale.French ? "dd/MM HH:mm" : "d MMM HH:mm";
        return PublicText.Declared(local.ToString(pattern, CultureInfo.InvariantCulture));
    }

    /// <summary>“à 14:05” on the same day, else “le 22/11 à 14:05” (French) or “on 22 Nov at 14:05” (English), in the group's zone.</summary>
    public PublicText At(DateTimeOffset when, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(when, TimeZone);
        var isToday = local.Date == TimeZoneInfo.ConvertTime(now, TimeZone).Date;
        var hour = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return PublicText.Declared(Locale == Locale.French
            ? isToday ? $"à {hour}" : $"le {local.ToString("dd/MM", CultureInfo.InvariantCulture)} à {hour}"
            : isToday ? $"at {hour}" : $"on {local.ToString("d MMM", CultureInfo.InvariantCulture)} at {hour}");
    }

    /// <summary>“depuis 14:05” on the same day, else “depuis le 22/11 14:05” (French) or “since 22 Nov 14:05” (English), in the group's zone.</summary>
    public PublicText Since(DateTimeOffset when, DateTimeOffset now)
    {
        var isToday = TimeZoneInfo.ConvertTime(when, TimeZone).Date == TimeZoneInfo.ConvertTime(now, TimeZone).Date;
        return Public(isToday ? Sentences.Since : Sentences.SinceDay, Time(when, now));
    }

    /// <summary>
    /// When something ends: “jusqu'à 14:05” on the same day, “jusqu'à demain 14:05”, “jusqu'à lundi 14:05” within six days, else
    /// “jusqu'au” and <see cref="Day"/>, in the group's zone.
    /// </summary>
    public PublicText Until(DateTimeOffset when, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(when, TimeZone);
        var days = (local.Date - TimeZoneInfo.ConvertTime(now, TimeZone).Date).Days;
        var isFrench = Locale == Locale.French;
        var hour = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return days switch
        {
            0 => Public(Sentences.Until, PublicText.Declared(hour)),
            1 => Public(Sentences.Until, PublicText.Declared($"{(isFrench ? "demain" : "tomorrow")} {hour}")),
            > 1 and < 7 => Public(
                Sentences.Until, PublicText.Declared($"{(isFrench ? FrenchDays[(int)local.DayOfWeek] : local.DayOfWeek.ToString())} {hour}")),
            _ => Public(Sentences.UntilDay, Day(when)),
        };
    }

    /// <summary>
    /// A day alone: “aujourd'hui”, “hier”, else “le 22/11” (French) or “on 22 Nov” (English), with the year where that is another one, in
    /// the group's zone.
    /// </summary>
    public PublicText Date(DateTimeOffset when, DateTimeOffset now)
    {
        var (local, today) = (TimeZoneInfo.ConvertTime(when, TimeZone).Date, TimeZoneInfo.ConvertTime(now, TimeZone).Date);
        var isFrench = Locale == Locale.French;
        return PublicText.Declared((today - local).Days switch
        {
            0 => isFrench ? "aujourd'hui" : "today",
            1 => isFrench ? "hier" : "yesterday",
            _ when local.Year == today.Year => local.ToString(isFrench ? "'le' dd/MM" : "'on' d MMM", CultureInfo.InvariantCulture),
            _ => local.ToString(isFrench ? "'le' dd/MM/yyyy" : "'on' d MMM yyyy", CultureInfo.InvariantCulture),
        });
    }

    /// <summary>“samedi 28/11 23:00”, “Saturday 28 Nov 23:00”, in the group's zone: a day that people can check at a glance.</summary>
    public PublicText Day(DateTimeOffset when)
    {
        var local = TimeZoneInfo.ConvertTime(when, TimeZone);
        var isFrench = Locale == Locale.French;
        var date = local.ToString(isFrench ? "dd/MM HH:mm" : "d MMM HH:mm", CultureInfo.InvariantCulture);
        return PublicText.Declared($"{(isFrench ? FrenchDays[(int)local.DayOfWeek] : local.DayOfWeek.ToString())} {date}");
    }

    // A line this long is split by the IRC side, not lost; longer text is a mistake of ours.
    private const int MaxLength = 2000;

    private PublicText PublicFilled(Template sentence, ReadOnlySpan<PublicText> facts)
    {
        var values = new string[facts.Length];
        for (var i = 0; i < facts.Length; i++)
        {
            values[i] = facts[i].Marked;
        }

        return PublicText.Composed(sentence.Fill(Locale, values), MaxLength);
    }

    /// <summary>A sentence with as many facts as it has places.</summary>
    internal Line SayFilled(Template sentence, ReadOnlySpan<Fact> facts)
    {
        var forRoot = new string[facts.Length];
        var forPublic = new string?[facts.Length];
        for (var i = 0; i < facts.Length; i++)
        {
            var words = Say(facts[i]);
            forRoot[i] = words.Marked(Audience.Root) ?? "";
            forPublic[i] = words.Marked(Audience.Public);
        }

        var root = sentence.Fill(Locale, forRoot);
        if (Array.IndexOf(forPublic, null) >= 0)
        {
            return new Line(null, RootText.Composed(root, MaxLength));
        }

        // Most lines are the same for both.
        var isSame = forPublic.AsSpan().SequenceEqual(forRoot);
        return new Line(PublicText.Composed(isSame ? root : sentence.Fill(Locale, forPublic!), MaxLength), RootText.Composed(root, MaxLength));
    }
}

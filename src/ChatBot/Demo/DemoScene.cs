namespace ChatBot.Demo;

/// <summary>A moment of the evening that the demo shows.</summary>
/// <param name="Mails">The numbers of the mails that arrive, at once.</param>
/// <param name="French">What they show, and what to try next.</param>
/// <param name="English">The same in English.</param>
internal sealed record DemoScene(string[] Mails, string French, string English)
{
    /// <summary>What goes wrong. Nothing of it has ended when the last one is over.</summary>
    public static IReadOnlyList<DemoScene> Troubles { get; } =
    [
        new(
            ["01"],
            "1 mail de metche : #root lit le nom des fichiers et la ligne du changelog, #globenet ne les lit pas. Essayez : !changements hal",
            "1 mail of metche: #root reads the names of the files and the line of the changelog, #globenet does not. Try: !changes hal"),
        new(
            ["02", "03", "04"],
            "3 mails de Nagios, 1 ligne, qui rappelle la modification d'avant. Essayez : !prends 1 je regarde",
            "3 mails of Nagios, 1 line, which recalls the change before. Try: !ack 1 looking at it"),
        new(
            ["05"],
            "ce mail montrait deux mots de passe, dans un diff : le robot le jette à la lecture. Essayez : globot: comment va hal ?",
            "this mail showed two passwords, in a diff: the bot drops it when it reads. Try: globot: how is hal?"),
        new(
            ["06", "07"],
            "2 mails, 1 alerte : si MySQL ne répond plus, c'est que sql est en panne ; #root lit aussi ce que la sonde a affiché. Essayez : !pourquoi sql mysql, puis /join marie",
            "2 mails, 1 alert: MySQL does not answer because sql is down; #root also reads what the check printed. Try: !why sql mysql, then /join marie"),
    ];

    /// <summary>How it ends.</summary>
    public static IReadOnlyList<DemoScene> Ends { get; } =
    [
        new(
            ["08", "09"],
            "une fin est toujours dite si le début l'a été. Essayez : !incident 4",
            "an end is always told if the beginning was. Try: !incident 4"),
        new(
            ["10", "11", "12"],
            "tout va bien. Essayez : !depuis 10min, !bruit, !état",
            "all is well. Try: !since 10min, !noise, !status"),
    ];
}

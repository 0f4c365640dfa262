using ChatBot.Core.Commands;
using ChatBot.Core.Machines;
using ChatBot.Core.Mail.Formats;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads <c>[[watches]]</c>.</summary>
internal static class WatchesReader
{
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public static IReadOnlyList<WatchSettings> Read(Section root, Inventory inventory)
    {
        var watches = new List<WatchSettings>();
        foreach (var section in root.Tables("watches"))
        {
            var watch = ReadOne(section, inventory);
            if (watches.Exists(other => other.Source == watch.Source && other.Machine == watch.Machine && watch.Machine.Length > 0))
            {
                section.Report("source", section.Words($"\"{watch.Source}\" of \"{watch.Machine}\" is watched already; write it once", $"\"{watch.Source}\" de \"{watch.Machine}\" est déjà surveillé ; écrivez-le une fois"));
            }

            watches.Add(watch);
        }

        return watches;
    }

    private static WatchSettings ReadOne(Section section, Inventory inventory)
    {
        section.RequireKey("source", section.Words("write a program as `chatbot classify` names it, such as \"metche\"", "écrivez un programme sous le nom que lui donne `chatbot classify`, par exemple \"metche\""));
        section.RequireKey("machine", section.Words("write the machine it writes from, such as \"hal\"", "écrivez la machine d'où il écrit, par exemple \"hal\""));
        section.RequireKey("silent_after", section.Words("write how long it may be silent, such as \"36h\"", "écrivez combien de temps il peut se taire, par exemple \"36h\""));
        var settings = new WatchSettings(
            Source(section),
            Machine(section, inventory),
            section.Duration("silent_after", Longest, Shortest, Longest));
        section.Done();
        return settings;
    }

    private static string Source(Section section)
    {
        var known = Classifier.Formats.Select(format => format.Source).Append(WatchSettings.Watchdog).Distinct(StringComparer.Ordinal).ToList();
        if (section.Text("source") is not { } written)
        {
            return "";
        }

        if (!known.Contains(written))
        {
            section.Report("source", section.Words($"`source` is \"{written}\", which is no program that is understood; ", $"`source` vaut \"{written}\", qui n'est pas un programme compris ; ")
                + (Typed.Near(written, known, most: 1) is [var nearest]
                    ? section.DidYouMean($"\"{nearest}\"")
                    : section.Words("see what `chatbot classify` says of its mails", "voyez ce que `chatbot classify` dit de ses mails")));
        }

        return written;
    }

    private static string Machine(Section section, Inventory inventory)
    {
        if (section.Text("machine") is not { } written)
        {
            return "";
        }

        if (inventory.Find(written) is { } machine)
        {
            return machine.Name;
        }

        section.Report("machine", section.Words($"`machine` is \"{written}\", which is no machine; ", $"`machine` vaut \"{written}\", qui n'est pas une machine ; ")
            + (Typed.Near(written, inventory.Machines.Select(one => one.Name), most: 1) is [var nearest]
                ? section.DidYouMean($"\"{nearest}\"")
                : section.Words("write the name of one", "écrivez le nom d'une machine")));
        return written;
    }
}

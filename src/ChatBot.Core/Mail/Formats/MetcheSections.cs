using System.Text.RegularExpressions;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// The body of a testing report. First section: the changelog, as <c>diff</c> prints it, if it is watched; of several (CHANGELOG_DIR)
/// each that changed, under the name of its folder and a colon. Then <c>ls -ld</c>
/// lines
/// with <c>&lt; </c> old, <c>&gt; </c> new, <c>- </c> removed, <c>+ </c> added, and lines of apt-show-versions. Free text is
/// taken from
/// the first section only, and nothing once a diff begins. All that the mail lists counts. <c>tmp/tmp.</c> paths are metche's own scratch copy (a bug of 1.2.4).
/// </summary>
internal sealed partial class MetcheSections
{
    private const int LongestFolder = 200;

    private readonly List<ChangedFile> _files = [];
    private readonly HashSet<ChangedFile> _seen = [];
    private readonly Dictionary<string, (string? Old, string? New)> _versions = [];
    private readonly List<RootText> _changelogLines = [];
    private readonly List<ChangelogExcerpt> _excerpts = [];
    private string? _author;

    private MetcheSections()
    {
    }

    public static MetcheSections None { get; } = new();

    public IReadOnlyList<ChangedFile> Files => _files;

    /// <summary>
    /// A package is listed if its installed version moved; a mere change of candidate is not a change of the machine.
    /// </summary>
    public IReadOnlyList<string> Packages =>
        [.. _versions.Where(v => v.Value.Old != v.Value.New).Select(v => v.Key.Split(':')[0]).Distinct()];

    public IReadOnlyList<RootText> ChangelogLines => _changelogLines;

    public IReadOnlyList<ChangelogExcerpt> Excerpts => _excerpts;

    public static MetcheSections Read(string text)
    {
        var sections = new MetcheSections();
        var section = 0;
        using var lines = new StringReader(Diffs.Drop(text));
        while (lines.ReadLine() is { } line)
        {
            if (IsUnderline(line))
            {
                section++;
            }
            else if (section > 0 && line.Length > 2)
            {
                sections.Take(section, line);
            }
            else if (section == 1 && line is ">" or "> ")
            {
                sections.Excerpt().Add("");
            }
        }
        return sections;
    }

    private static bool IsUnderline(string line) => line.Length >= 4 && line.AsSpan().TrimEnd().TrimStart('=').IsEmpty && line[0] == '=';

    private void Take(int section, string line)
    {
        if (ListedFile().Match(line) is { Success: true } file)
        {
            TakeFile(line[0], file.Groups["path"].Value);
        }
        else if (Package().Match(line) is { Success: true } package)
        {
            TakePackage(line[0], package.Groups["name"].Value, package.Groups["version"].Value);
        }
        else if (section == 1)
        {
            TakeChangelog(line);
        }
    }

    private void TakeFile(char mark, string path)
    {
        var file = new ChangedFile(mark is '<' or '>' ? '~' : mark, "/" + path.Split(" -> ")[0]);
        if (!path.StartsWith("tmp/tmp.", StringComparison.Ordinal) && _seen.Add(file))
        {
            _files.Add(file);
        }
    }

    private void TakePackage(char mark, string name, string version)
    {
        var versions = _versions.GetValueOrDefault(name);
        _versions[name] = mark == '<' ? (version, versions.New) : (versions.Old, version);
    }

    private void TakeChangelog(string line)
    {
        switch (line[..2])
        {
            case "> ":
                Excerpt().Add(line[2..]);
                TakeEntry(line[2..].Trim());
                break;
            case "< ":
                Excerpt().Remove(line[2..]);
                break;
            default:
                if (line.EndsWith(':') && line.Length <= LongestFolder && !char.IsWhiteSpace(line[0]))
                {
                    _excerpts.Add(new ChangelogExcerpt(new RootText(line[..^1])));
                    _author = null;
                }

                break;
        }
    }

    private ChangelogExcerpt Excerpt()
    {
        if (_excerpts.Count == 0)
        {
            _excerpts.Add(new ChangelogExcerpt(default));
        }

        return _excerpts[^1];
    }

    // A heading (“2026-11-22 - mag <mag@globenet.org>”, “2026-11-22 14:05 +0100: mag”), then “  * what was done”. The line gives what was done.
    private void TakeEntry(string line)
    {
        if (ChangelogHeading().Match(line) is { Success: true } heading)
        {
            _author = heading.Groups["name"].Value;
        }
        else if (OwnMark().Replace(line.TrimStart('*', ' '), "") is { Length: > 0 } done)
        {
            _changelogLines.Add(new RootText(_author is null ? done : $"{_author}: {done}"));
            _author = null;
        }
    }

    /// <summary>
    /// Mode, links, owner, group, size (or major and minor), a date of two or three words in any locale, then the path.
    /// </summary>
    [GeneratedRegex(@"^[<>+-] [-bcdlps][-rwxsStT]{9}[.+@]? +[0-9]+ [^ ]+ +[^ ]+ +(?:[0-9]+, +)?[0-9]+ "
        + @"(?:[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]+| *[^ ]+ +[^ ]+ +[0-9:]+) (?<path>[^/ ].*)$",
        RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex ListedFile();

    /// <summary>
    /// apt-show-versions: <c>name[:arch]/suite version …</c>, or <c>name[:arch] version …</c> for what no archive has.
    /// </summary>
    [GeneratedRegex(@"^[<>] (?<name>[a-z0-9][a-z0-9+.-]+(?::[a-z0-9-]+)?)(?:/[^ ]+)? "
        + @"(?:upgradeable from )?(?<version>[0-9][^ ]*) (?:uptodate|upgradeable|newer|installed|to )",
        RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex Package();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}(?: +-+ +(?<name>[^< ](?:[^<]*[^< ])?)(?: +<[^>]*>)?| [0-9:]{4,8}(?: [+-][0-9]{4})?: (?<name>[^ :]{1,40}))$",
        RegexOptions.ExplicitCapture, Pattern.TimeOut)]
    private static partial Regex ChangelogHeading();

    // What the bot writes behind its own entries.
    [GeneratedRegex(@" \[chatbot [0-9]{1,18}\]$", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex OwnMark();
}

using System.Globalization;
using ChatBot.Core.Delivery;
using ChatBot.Core.Incidents;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Tests.Irc;
using Xunit;

namespace ChatBot.Tests.Delivery;

/// <summary>A backlog told through a session, on a server that answers at once, in a time that the test makes.</summary>
public sealed class BacklogTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly Script _script = Script.InChannel();
    private readonly Backlog _backlog = new(Audience.Public, isPaced: true);
    private readonly List<WaitingLine> _rows = [];
    private readonly List<(TimeSpan At, string Line)> _said = [];
    private long _ids;

    [Fact]
    public void Few_rows_are_each_their_own_line()
    {
        for (var i = 1; i <= 7; i++)
        {
            Add("hal", i, CheckState.Critical);
        }

        TellAll();
        Assert.Equal(Enumerable.Range(1, 7).Select(i => $"[hal] CRITICAL — #{i}"), _said.Select(said => said.Line));
    }

    [Fact]
    public void Hundreds_of_rows_are_few_lines_every_open_incident_has_its_number_and_each_row_is_said_once()
    {
        for (var i = 1; i <= 300; i++)
        {
            Add($"m{i % 10}", i, CheckState.Warning);
        }

        for (var i = 1; i <= 300; i++)
        {
            if (i % 7 != 0)
            {
                Add($"m{i % 10}", i, CheckState.Ok);
            }
        }

        var start = _script.Now;
        TellAll();

        Assert.InRange(_said.Count, 5, 7);
        Assert.InRange(_script.Now - start, TimeSpan.Zero, TimeSpan.FromSeconds(7));
        var all = string.Join(' ', _said.Select(said => said.Line));
        for (var i = 7; i <= 300; i += 7)
        {
            Assert.Matches($@"#{i}\b", all);
        }
    }

    [Fact]
    public void Something_urgent_does_not_wait_for_the_rest_of_a_backlog()
    {
        for (var i = 1; i <= 300; i++)
        {
            _rows.Add(new(++_ids, PublicText.Declared($"mail {i} {new string('x', 180)}"), Noon, About.Nothing));
        }

        for (var round = 0; round < 3; round++)
        {
            Tell();
        }

        Add("hal", 42, CheckState.Down);
        var since = _script.Now;
        while (!_said.Exists(said => said.Line == "[hal] DOWN — #42"))
        {
            Tell();
        }

        Assert.InRange(_script.Now - since, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        TellAll();
        Assert.Equal(300, _said.Sum(said => said.Line.Split(" · ").Count(words => words.StartsWith("mail", StringComparison.Ordinal))));
    }

    private void Add(string machine, long number, CheckState state)
    {
        var fact = new IncidentFact(number, null, state, Noon, state.IsGood() ? Noon : null, IsFirst: !state.IsGood());
        var about = new About(state.IsGood() ? Topic.Recovery : Topic.Alert, Name.OfMachine(machine), [fact]);
        _rows.Add(new(++_ids, PublicText.Declared($"[{machine}] {state.Word()} — #{number}"), Noon, about));
    }

    private void TellAll()
    {
        while (_rows.Count > 0)
        {
            Tell();
        }
    }

    private void Tell()
    {
        var next = _backlog.Next(
            [.. _rows.Where(row => row.Id > _backlog.After)], _ => false, lines => _script.Session.SayPace("#globenet")!.Wait(lines, _script.Now),
            new Digest(new Phrasebook(Locale.English, TimeZoneInfo.Utc), "!", Audience.Public, _script.Session.SayBudget("#globenet")), Noon);
        Assert.NotEmpty(next);
        var ids = new List<long>();
        foreach (var line in next.SelectMany(telling => telling.Lines))
        {
            ids.Add(_said.Count + 1);
            _said.Add((_script.Now, line));
            _script.Play(string.Create(CultureInfo.InvariantCulture, $"say {_said.Count} #globenet {line}"));
        }

        while (!ids.TrueForAll(id => _script.Happened.Contains(new IrcEvent.Delivered(id))))
        {
            _script.Advance(0.1);
            if (_script.Written.LastOrDefault(w => w.Line.StartsWith("PING said-", StringComparison.Ordinal)).Line is { } ping)
            {
                _script.Play("< :irc PONG irc " + ping[5..]);
            }
        }

        _backlog.Strike([.. next]);
        foreach (var row in next.SelectMany(telling => telling.Rows))
        {
            Assert.True(_rows.Remove(row));
        }
    }
}

using System.Globalization;
using ChatBot.Configuration;
using ChatBot.Irc;
using ChatBot.Mail;
using ChatBot.Storage;
using ChatBot.Web;

namespace ChatBot.Hosting;

/// <summary>What is wrong at this moment, in words for the operator.</summary>
internal sealed class BotHealth(
    IrcClient irc, Composition parts, IReadOnlyList<IMailSource> sources, CurrentSettings settings, Leadership leadership, Lease? lease, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>
    /// For <c>/healthz</c>. Neither a backlog nor a full disk is a reason to be started anew, so that whoever supervises the bot asks
    /// <see cref="Missing"/> alone.
    /// </summary>
    public HealthReport Report()
    {
        var reasons = Missing();
        if (leadership.IsWaiting)
        {
            return new HealthReport(reasons, "standby");
        }

        if (OldestLineAge() is var age && age > LongestWait)
        {
            reasons.Add($"outbox: a line has waited for {(long)age.TotalMinutes} min");
        }

        if (parts.Database.IsLost)
        {
            reasons.Add("store: the file was deleted or replaced, and what is stored is lost at the next start");
        }

        if (parts.Intake.IsKeptOut)
        {
            reasons.Add("store: mails cannot be stored, and wait where they are");
        }

        return new HealthReport(reasons, LeaseState());
    }

    private string? LeaseState() =>
        lease is { Age: { } age } ? string.Create(CultureInfo.InvariantCulture, $"leader, epoch {lease.Epoch}, kept {age.TotalSeconds:0.0} s ago") : null;

    /// <summary>How long the line that has waited longest has; zero where none waits.</summary>
    public TimeSpan OldestLineAge() =>
        parts.OldestLine is { } oldest && time.GetUtcNow() - oldest is var age && age > TimeSpan.Zero ? age : TimeSpan.Zero;

    /// <summary>What it cannot do its work without, and has not; empty where all is well.</summary>
    public List<string> Missing()
    {
        var reasons = new List<string>();
        if (irc.CurrentNick is null && !(leadership.IsWaiting && settings.Value.Settings.Irc.StandbyNick is null))
        {
            reasons.Add("irc: not connected");
        }

        if (leadership.IsWaiting)
        {
            if (lease is { IsAnswered: false })
            {
                reasons.Add("store: does not answer");
            }

            return reasons;
        }

        if (lease is { IsHeld: false })
        {
            reasons.Add("store: the lease is not kept, and nothing is said");
        }

        if (irc.CurrentNick is not null && !irc.IsReady)
        {
            reasons.Add(string.Join(", ", irc.Troubles.Values.Distinct().Order().Prepend("irc: not joined")));
        }

        reasons.AddRange(sources.Where(source => !source.IsConnected).Select(source => $"mail: {source.Name} not connected"));
        if (!parts.Scheduler.IsAlive)
        {
            reasons.Add("store: does not answer");
        }

        return reasons;
    }
}

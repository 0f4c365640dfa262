using ChatBot.Core.Mutes;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>A row of <c>mute</c>.</summary>
internal sealed class MuteRow
{
    public string Machine { get; init; } = "";

    public string Service { get; init; } = "";

    [DbValue(Name = "for_root")]
    public long ForRoot { get; init; }

    [DbValue(Name = "muted_by")]
    public string? MutedBy { get; init; }

    public string? Reason { get; init; }

    public string Audience { get; init; } = "";

    [DbValue(Name = "muted_at")]
    public long MutedAt { get; init; }

    [DbValue(Name = "ends_at")]
    public long EndsAt { get; init; }

    public Mute Read() => new(
        Name.OfMachine(Machine, ForRoot != 0),
        Service.Length == 0 ? null : Name.OfService(Service, ForRoot != 0),
        PublicText.FromStore(MutedBy ?? ""),
        Remarks.Read(Reason ?? "", Audience),
        Moment.Read(MutedAt),
        Moment.Read(EndsAt));
}

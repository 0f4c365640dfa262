using Dapper;

namespace ChatBot.Storage;

/// <summary>What is known of a thread of people's mails, as each of its marks has it in <c>mail_thread</c>.</summary>
internal sealed class ThreadRow
{
    public string Thread { get; init; } = "";

    [DbValue(Name = "announced_at")]
    public long AnnouncedAt { get; init; }

    public long Suppressed { get; init; }
}

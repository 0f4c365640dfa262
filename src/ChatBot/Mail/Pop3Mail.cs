namespace ChatBot.Mail;

/// <summary>One mail of a session's listing.</summary>
/// <param name="Index">From 0, within the session.</param>
/// <param name="Uidl">What the server names it in every session; null where it names none.</param>
/// <param name="Size">In bytes, as the server says.</param>
internal sealed record Pop3Mail(int Index, string? Uidl, int Size)
{
    /// <summary>Names it from one session to the next, as well as can be.</summary>
    public string Name => Uidl ?? $"{Index}/{Size}";
}


using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>One line that a person wrote about what they did on a machine.</summary>
/// <param name="Machine">The short name.</param>
/// <param name="At">When it was written.</param>
/// <param name="By">The person's name; <c>?</c> once it is erased.</param>
/// <param name="Text">The line.</param>
public sealed record ChangelogEntry(PublicText Machine, DateTimeOffset At, PublicText By, Remark Text);

using ChatBot.Core.Text;

namespace ChatBot.Reports;

/// <summary>What is remembered of a mail that opens an incident, so that others can be put into its thread.</summary>
/// <param name="Id">Its Message-ID, with angle brackets; null where it has none that can be repeated.</param>
/// <param name="Subject">As people see it in their mailbox.</param>
public sealed record OpeningMail(string? Id, RootText Subject);

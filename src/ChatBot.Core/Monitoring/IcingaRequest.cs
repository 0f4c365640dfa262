namespace ChatBot.Core.Monitoring;

/// <summary>One POST to the API.</summary>
/// <param name="Path">Under its root, without a slash before it.</param>
/// <param name="Body">JSON in UTF-8.</param>
public sealed record IcingaRequest(string Path, byte[] Body);

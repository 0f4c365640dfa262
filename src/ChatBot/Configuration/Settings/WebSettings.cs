using ChatBot.Net;

namespace ChatBot.Configuration;

/// <summary>The status page.</summary>
/// <param name="Listen">An address of this machine and a port; speaks plain HTTP, for a proxy in front of it.</param>
public sealed record WebSettings(HostPort Listen);

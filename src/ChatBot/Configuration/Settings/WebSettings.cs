using System.Net;

namespace ChatBot.Configuration;

/// <summary>The status page.</summary>
/// <param name="Listen">An address of this machine and a port, 0 for a free one; speaks plain HTTP, for a proxy in front of it.</param>
public sealed record WebSettings(IPEndPoint Listen);

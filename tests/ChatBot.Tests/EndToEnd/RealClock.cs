namespace ChatBot.Tests.EndToEnd;

internal static class RealClock
{
    // Real sockets and processes keep real time; every wait that uses it has an end.
#pragma warning disable RS0030
    public static TimeProvider Instance => TimeProvider.System;
#pragma warning restore RS0030
}

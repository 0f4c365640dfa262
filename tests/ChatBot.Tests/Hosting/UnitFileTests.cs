using ChatBot.Tests.Configuration;
using Xunit;

namespace ChatBot.Tests.Hosting;

/// <summary>What runs on a server can neither leave its memory in a core file nor look at the other processes.</summary>
public sealed class UnitFileTests
{
    public static TheoryData<string> Units =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "packaging", "systemd"), "*.service").Select(file => Path.GetFileName(file)!)];

    [Theory, MemberData(nameof(Units))]
    public void Every_unit_is_confined(string unit)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "packaging", "systemd", unit));
        Assert.All(
            (string[])
            [
                "User=chatbot", "UMask=0077", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
                "PrivateDevices=yes", "ProtectKernelTunables=yes", "ProtectKernelModules=yes", "ProtectKernelLogs=yes", "ProtectProc=invisible",
                "LockPersonality=yes", "RestrictNamespaces=yes", "RestrictRealtime=yes", "LimitCORE=0", "MemoryDenyWriteExecute=yes",
                "SystemCallFilter=@system-service",
            ],
            line => Assert.Contains(line, lines));
    }
}

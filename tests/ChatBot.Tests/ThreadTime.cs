using System.Runtime.InteropServices;

namespace ChatBot.Tests;

/// <summary>How long a thread has worked, which the load of the machine does not change.</summary>
internal static class ThreadTime
{
    private const int ClockThreadCpuTimeId = 3; // Of Linux.

    /// <summary>What this thread has had of the processor so far.</summary>
    public static TimeSpan Spent() => GetTime(ClockThreadCpuTimeId, out var time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
        : throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());

    [DllImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Span time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Span
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}

namespace ChatBot.Posix;

/// <summary>What the program returns to its caller; 70 and 75 as in sysexits.h.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int WrongInput = 1;
    public const int Usage = 2;
    public const int Bug = 70;
    public const int TryAgain = 75;
}

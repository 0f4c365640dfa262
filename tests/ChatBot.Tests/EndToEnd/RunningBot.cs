using System.Diagnostics;
using System.Text;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>One process of <c>chatbot run</c>; killed when it is disposed of.</summary>
internal sealed class RunningBot : IAsyncDisposable
{
    private static readonly HttpClient Http = new();

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly Uri _pages;

    private RunningBot(BotHome home)
    {
        _pages = new Uri($"http://127.0.0.1:{home.WebPort}/");
        _process = ChatBotProgram.Start(["run", "--config", home.ConfigurationFile]);
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All that it has said on its terminal.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public bool HasEnded => _process.HasExited;

    public int Id => _process.Id;

    /// <summary>Starts it and waits for nothing.</summary>
    public static RunningBot Start(BotHome home) => new(home);

    /// <summary>Starts it and waits until it is in its channels and reads its mailboxes.</summary>
    public static async Task<RunningBot> StartAsync(BotHome home)
    {
        var bot = Start(home);
        try
        {
            await bot.UntilAsync("the bot is ready", async () => await bot.HealthAsync() is (200, _));
            return bot;
        }
        catch
        {
            await bot.DisposeAsync();
            throw;
        }
    }

    public Task UntilAsync(string what, Func<Task<bool>> happened) => Eventually.UntilAsync(
        what,
        async () =>
        {
            Assert.False(HasEnded, $"The bot has ended.\n{Log}");
            return await happened();
        },
        () => Log);

    public Task UntilAsync(string what, Func<bool> happened) => UntilAsync(what, () => Task.FromResult(happened()));

    public Task UntilLogAsync(string text) =>
        UntilAsync($"“{text}” in the log", () => Log.Contains(text, StringComparison.Ordinal));

    /// <summary>Status and text of <c>/healthz</c>; 0 while nobody listens.</summary>
    public Task<(int Status, string Text)> HealthAsync() => GetAsync("healthz");

    public async Task<string> MetricsAsync() => (await GetAsync("metrics")).Text;

    public void Signal(int signal) => ChatBotProgram.Signal(_process.Id, signal);

    /// <summary>As <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Eventually.Patience, RealClock.Instance);
    }

    /// <summary>Asks it to stop, as systemd does.</summary>
    /// <returns>Its exit code, and how long it took.</returns>
    public async Task<(int ExitCode, TimeSpan After)> StopAsync()
    {
        var start = RealClock.Instance.GetTimestamp();
        Signal(ChatBotProgram.Terminate);
        return (await ExitCodeAsync(), RealClock.Instance.GetElapsedTime(start));
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Eventually.Patience, RealClock.Instance);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }

    private async Task<(int Status, string Text)> GetAsync(string page)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), RealClock.Instance);
        try
        {
            using var answer = await Http.GetAsync(new Uri(_pages, page), patience.Token);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(patience.Token));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return (0, e.Message);
        }
    }
}

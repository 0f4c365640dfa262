using ChatBot.Changelog;
using ChatBot.Configuration;
using ChatBot.Posix;
using Xunit;

namespace ChatBot.Tests.Changelog;

public sealed class ChangelogListingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task Entries_are_listed_with_line_time_and_author() => Assert.Equal(
        (ExitCode.Done, "1\t?\t-\tsans date\n3\t2026-11-22\tmag\trelais\n4\t2026-11-23 09:00\t-\tx[31my\n", ""),
        await ReadAsync("sans date\n2026-11-22 - mag <m@example.org>\n * relais\n2026-11-23 09:00 : x\u001b[31my\n"));

    [Theory]
    [InlineData(true, "la ligne 2 est plus ancienne que la 1", "2026-11-22 : a\n2026-11-20 : b\n2026-11-23 : c\n")]
    [InlineData(false, "line 2 is older than line 1", "2026-11-22 : a\n2026-11-20 : b\n2026-11-23 : c\n")]
    [InlineData(true, "la ligne 3 est plus récente que la 2", "2026-11-22 : a\n2026-11-20 : b\n2026-11-21 : c\n2026-11-19 : d\n")]
    public async Task What_is_out_of_order_is_said_once_and_is_a_fault(bool isFrench, string said, string text)
    {
        var (code, _, errors) = await ReadAsync(text, isFrench);
        Assert.Equal((ExitCode.WrongInput, $"{_folder["changelog"]}: {said}\n"), (code, errors));
    }

    [Fact]
    public async Task What_cannot_be_read_is_said()
    {
        Assert.Equal(ExitCode.WrongInput, await new ChangelogListing(new MessageLanguage(true), Stream.Null, _output, _errors).RunAsync(_folder["none"], TimeZoneInfo.Utc, CancellationToken.None));
        Assert.Contains("none", _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory, InlineData("/dev/zero"), InlineData("fifo"), InlineData("/")]
    public async Task Only_a_file_is_read(string path)
    {
        path = path == "fifo" ? _folder["fifo"] : path;
        if (path == _folder["fifo"])
        {
            using var made = System.Diagnostics.Process.Start("mkfifo", [path]);
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var listing = new ChangelogListing(new MessageLanguage(true), Stream.Null, _output, _errors);
        var code = await listing.RunAsync(path, TimeZoneInfo.Utc, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal((ExitCode.WrongInput, $"{path}: n'est pas un fichier ordinaire ; - lit l'entrée standard\n"), (code, _errors.ToString()));
    }

    [Fact]
    public async Task Standard_input_is_read_to_a_bound()
    {
        var read = new ChangelogListing(new MessageLanguage(true), new MemoryStream("2026-11-22 : c\u0153ur"u8.ToArray()), _output, _errors);
        Assert.Equal(ExitCode.Done, await read.RunAsync("-", TimeZoneInfo.Utc, CancellationToken.None));
        Assert.Equal("1\t2026-11-22\t-\tc\u0153ur\n", _output.ToString());
        await using var endless = File.OpenRead("/dev/zero");
        Assert.Equal(ExitCode.WrongInput, await new ChangelogListing(new MessageLanguage(true), endless, _output, _errors).RunAsync("-", TimeZoneInfo.Utc, CancellationToken.None));
        Assert.Equal("-: dépasse 64 Mio, trop gros pour un changelog\n", _errors.ToString());
    }

    private async Task<(int Code, string Output, string Errors)> ReadAsync(string text, bool isFrench = true)
    {
        await File.WriteAllTextAsync(_folder["changelog"], text);
        var code = await new ChangelogListing(new MessageLanguage(isFrench), Stream.Null, _output, _errors).RunAsync(_folder["changelog"], TimeZoneInfo.Utc, CancellationToken.None);
        return (code, _output.ToString(), _errors.ToString());
    }
}

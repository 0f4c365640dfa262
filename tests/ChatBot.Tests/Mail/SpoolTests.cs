using System.Text;
using ChatBot.Mail;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class SpoolTests : IDisposable
{
    private readonly TemporaryFolder _temp = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task A_mail_is_kept_for_its_owner_only()
    {
        Assert.Equal(Spool.Kept, await Deliver(new MemoryStream(Encoding.ASCII.GetBytes("Subject: x\n\n"))));
        var kept = Assert.Single(Directory.EnumerateFiles(Path.Combine(_temp["spool"], "new")));
        Assert.Equal("Subject: x\n\n", await File.ReadAllTextAsync(kept));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
        Assert.Empty(Drafts);
    }

    [Fact]
    public async Task What_is_stored_is_deleted_after_its_time_in_steps_and_what_is_new_stays()
    {
        var now = new DateTimeOffset(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);
        MaildirSource.CreateFolders(_temp["spool"]);
        for (var i = 0; i < 250; i++)
        {
            await WriteAsync($"cur/{i}.a.hal:2,S", now.AddDays(-31));
        }

        await WriteAsync("cur/young.a.hal:2,S", now.AddDays(-29));
        await WriteAsync("new/waiting.a.hal", now.AddDays(-90));
        Assert.True(Spool.DeleteStored(_temp["spool"], now.AddDays(-30)));
        Assert.False(Spool.DeleteStored(_temp["spool"], now.AddDays(-30)));
        Assert.Equal(
            ["waiting.a.hal", "young.a.hal:2,S"],
            Directory.EnumerateFiles(_temp["spool"], "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        Assert.False(Spool.DeleteStored(_temp["nowhere"], now));
    }

    private async Task WriteAsync(string name, DateTimeOffset at)
    {
        var file = Path.Combine(_temp["spool"], name);
        await File.WriteAllTextAsync(file, "x");
        File.SetLastWriteTimeUtc(file, at.UtcDateTime);
    }

    [Fact]
    public async Task Many_at_the_same_instant_get_names_of_their_own()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Deliver(new MemoryStream([(byte)i]))));
        Assert.Equal(50, Directory.EnumerateFiles(Path.Combine(_temp["spool"], "new")).Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Spool.MostBytes + 1)]
    public async Task What_no_later_try_would_change_is_refused(int length)
    {
        Assert.Equal(Spool.Refused, await Deliver(new MemoryStream(new byte[length])));
        Assert.Empty(Drafts);
        Assert.Contains("refused", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_left_to_the_sender()
    {
        await File.WriteAllTextAsync(_temp["spool"], "in the way");
        Assert.Equal(Spool.TryAgain, await Deliver(new MemoryStream([1])));
        Assert.Contains("try again", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_that_breaks_off_leaves_nothing_behind()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        Assert.Equal(Spool.TryAgain, await Spool.DeliverAsync(new MemoryStream([1]), _temp["spool"], new FakeTimeProvider(), _error, stop.Token));
        Assert.Empty(Drafts);
    }

    public void Dispose()
    {
        _temp.Dispose();
        _error.Dispose();
    }

    private IEnumerable<string> Drafts => Directory.EnumerateFiles(Path.Combine(_temp["spool"], "tmp"));

    private Task<int> Deliver(Stream mail) => Spool.DeliverAsync(mail, _temp["spool"], new FakeTimeProvider(), _error, CancellationToken.None);
}

using System.Text.Json;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Mail;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class ClassifyTests : IDisposable
{
    private readonly TemporaryFolder _temp = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task A_mail_becomes_one_object_with_the_promised_keys()
    {
        var path = Write("a.eml", "020-");
        Assert.Equal(0, await Run([path], json: true));
        Assert.Equal(
            $$"""{"file":"{{path}}","source":"nagios","kind":"ack","machine":"sql","service":"MySQL","state":"CRITICAL","when":"2026-11-22T21:04:55+00:00","severity":"critical","public":"[sql]","root":"Table crashée, REPAIR en cours"}""",
            _output.ToString().TrimEnd());
    }

    [Fact]
    public async Task Paths_come_in_the_order_given_and_folders_in_ordinal_order()
    {
        Directory.CreateDirectory(_temp["box/new"]);
        Directory.CreateDirectory(_temp["box/cur"]);
        Directory.CreateDirectory(_temp["box/tmp"]);
        Write("box/new/2", "082-");
        Write("box/cur/1:2,S", "012-");
        Write("box/tmp/3", "012-");
        Write("box/notes.txt", "012-");
        var last = Write("z.eml", "196-");
        await Run(["-", _temp["box"], last], json: true, input: Sample.Named("218-").Bytes);
        Assert.Equal(["auto-reply", "alert", "change", "human"], Objects().Select(o => o.GetProperty("kind").GetString()));
        Assert.Equal(["-", _temp["box/cur/1:2,S"], _temp["box/new/2"], last], Objects().Select(o => o.GetProperty("file").GetString()));
    }

    [Fact]
    public async Task What_is_no_mail_is_unknown_and_what_is_not_there_is_an_error()
    {
        await File.WriteAllTextAsync(_temp["empty.eml"], "");
        Assert.Equal(1, await Run([_temp["missing"], _temp["empty.eml"]], json: true));
        Assert.Equal("unknown", Assert.Single(Objects()).GetProperty("source").GetString());
        Assert.Contains("missing", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_mails_is_reported_and_no_error()
    {
        Directory.CreateDirectory(_temp["box"]);
        Assert.Equal(0, await Run([_temp["box"]], json: true));
        Assert.Contains($"{_temp["box"]}: no mail there", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_json_each_mail_is_a_row()
    {
        await Run([Write("a.eml", "012-")], json: false);
        Assert.Matches("^nagios +alert +sud +POP3 +CRITICAL +2026-11-22T21:04:43.00:00 .*a.eml$", _output.ToString().TrimEnd());
    }

    public void Dispose()
    {
        _temp.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private IEnumerable<JsonElement> Objects() =>
        _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);

    private Task<int> Run(string[] paths, bool json, byte[]? input = null) =>
        new Classify(Sample.Inventory, Tell, new MemoryStream(input ?? []), _output, _error).RunAsync(paths, json, CancellationToken.None);

    private string Write(string name, string sample)
    {
        File.WriteAllBytes(_temp[name], Sample.Named(sample).Bytes);
        return _temp[name];
    }

    private static Line Tell(Report report, string? from) =>
        new(report.Machine is { } machine ? PublicText.Declared($"[{machine.Value}]") : null, report.Comment);
}

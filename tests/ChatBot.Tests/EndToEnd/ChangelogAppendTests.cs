using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ChatBot.Tests.Configuration;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>What runs on a machine behind ssh, without ssh: in dash with the tools of Debian, in busybox with its own.</summary>
public sealed class ChangelogAppendTests
{
    private const string Absent = "busybox, shellcheck or sudo are not installed";
    private const string Entry = "2026-11-29 14:05 +0100: lunar\n  postfix : « relais » ; $(reboot) `reboot` 'x' \"y\" \\n %s 😀 [chatbot 17]";

    public static bool AreInstalled =>
        LoopbackServer.IsInstalled("busybox") && LoopbackServer.IsInstalled("shellcheck") && LoopbackServer.IsInstalled("visudo");

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData("dash"), InlineData("busybox")]
    public async Task An_entry_is_appended_once_and_the_answer_says_where(string shell)
    {
        using var script = new ChangelogScript(shell);
        Assert.Equal((0, Ok(script, 1, 1, "2026-11-28T09:00+01:00 mag: vu")), await script.AppendAsync("2026-11-28T09:00+01:00 mag: vu"));
        await File.AppendAllTextAsync(script.Changelog, "écrit à la main");
        Assert.Equal((0, Ok(script, 3, 4, Entry)), await script.AppendAsync(Entry));
        await File.AppendAllTextAsync(script.Changelog, "et encore\n");
        Assert.Equal((0, Ok(script, 3, 4, Entry)), await script.AppendAsync(Entry));
        Assert.Equal($"2026-11-28T09:00+01:00 mag: vu\nécrit à la main\n{Entry}\net encore\n", await File.ReadAllTextAsync(script.Changelog));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData("dash"), InlineData("busybox")]
    public async Task Several_are_appended_in_order_and_each_has_its_own_answer(string shell)
    {
        using var script = new ChangelogScript(shell);
        var entries = Enumerable.Range(1, 12).Select(number => number % 3 == 0
            ? $"2026-11-28T09:00+01:00 mag: {number} [chatbot {number}]" : $"2026-11-28 09:00 +0100: mag\n  n°{number} [chatbot {number}]").ToArray();
        await script.AppendAsync(entries[..5]);
        await File.AppendAllTextAsync(script.Changelog, "à la main");
        var (code, answer) = await script.AppendAsync(entries);
        var lines = await File.ReadAllLinesAsync(script.Changelog);
        Assert.Equal((0, string.Concat(entries.Select(entry =>
            Ok(script, Array.IndexOf(lines, entry.Split('\n')[^1]) + 2 - entry.Split('\n').Length, Array.IndexOf(lines, entry.Split('\n')[^1]) + 1, entry)))), (code, answer));
        Assert.Equal(string.Join('\n', [.. entries[..5], "à la main", .. entries[5..]]), string.Join('\n', lines));

        // One of them refused: none is appended. No room in the midst: those before are confirmed.
        Assert.Equal((65, "refused not-one-entry\n"), await script.AppendAsync("2026-11-29T09:00+01:00 mag: bon", "sans date"));
        Assert.Equal((65, "refused cut-off\n"), await script.GiveAsync("2026-11-29T09:00+01:00 mag: bon\n.\n2026-11-29T09:01+01:00 mag: cou"u8.ToArray()));
        Assert.Equal((65, "refused too-long\n"), await script.GiveAsync([.. Enumerable.Repeat("2026-11-29 x\n.\n"u8.ToArray(), 5000).SelectMany(one => one)]));
        Assert.Equal(lines, await File.ReadAllLinesAsync(script.Changelog));
        await File.WriteAllTextAsync(script.Changelog, "");
        (code, answer) = await script.GiveAsync(Encoding.UTF8.GetBytes($"2026-11-29 un\n.\n2026-11-29 {new string('a', 2000)}\n.\n"), "ulimit -f 1");
        Assert.Equal((74, Ok(script, 1, 1, "2026-11-29 un") + $"failed disk {script.Changelog}\n"), (code, answer));
        Assert.Equal("2026-11-29 un\n", await File.ReadAllTextAsync(script.Changelog));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData("dash"), InlineData("busybox")]
    public async Task The_end_of_the_file_is_shown_where_root_allows_it(string shell)
    {
        using var script = new ChangelogScript(shell);
        var text = "2026-11-28 mag\n * co\u00fbt d\u2019un NUL \0\n";
        await File.WriteAllTextAsync(script.Changelog, text);
        Assert.Equal((65, "refused tail-not-allowed\n"), await script.GiveAsync("tail\n"u8.ToArray()));
        await File.WriteAllTextAsync(script.TailAllowed, "");
        Assert.Equal((0, $"tail 0 {Encoding.UTF8.GetByteCount(text)} {script.Changelog}\n{text}"), await script.GiveAsync("tail\n"u8.ToArray()));

        // Nothing else is a request.
        foreach (var (input, reason) in new[] { ("tail", "cut-off"), ("tail \n", "not-one-entry"), ("tail\n\n", "not-one-entry"), ("tail /etc/shadow\n", "not-one-entry"), ("tail\n.\n", "not-one-entry"), ("2026-11-29 x\n.\ntail\n", "not-one-entry"), ("tail\0\n", "control-character") })
        {
            Assert.Equal((65, $"refused {reason}\n"), await script.GiveAsync(Encoding.UTF8.GetBytes(input)));
        }

        var long_ = string.Concat(Enumerable.Range(0, 5000).Select(number => $"2026-11-28 n\u00b0 {number}\n"));
        await File.WriteAllTextAsync(script.Changelog, long_);
        var (code, answer) = await script.GiveAsync("tail\n"u8.ToArray());
        var size = Encoding.UTF8.GetByteCount(long_);
        Assert.Equal((0, $"tail {size - 49152} 49152 {script.Changelog}"), (code, answer.Split('\n')[0]));
        Assert.EndsWith(long_[^40_000..], answer, StringComparison.Ordinal);
        Assert.Equal(long_, await File.ReadAllTextAsync(script.Changelog));

        File.Delete(script.Changelog);
        File.CreateSymbolicLink(script.Changelog, "/etc/passwd");
        Assert.Equal((73, $"no link {script.Changelog}\n"), await script.GiveAsync("tail\n"u8.ToArray()));
        File.Delete(script.Changelog);
        Assert.Equal((0, $"tail 0 0 {script.Changelog}\n"), await script.GiveAsync("tail\n"u8.ToArray()));
        Assert.False(File.Exists(script.Changelog));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData("dash"), InlineData("busybox")]
    public async Task An_entry_is_found_wherever_it_stands_and_whatever_stands_around_it(string shell)
    {
        using var script = new ChangelogScript(shell);
        await File.WriteAllTextAsync(script.Changelog, $"un NUL \0 ici\n{Entry}"); // An editor took the last line feed.
        Assert.Equal((0, Ok(script, 2, 3, Entry)), await script.AppendAsync(Entry));
        await File.AppendAllTextAsync(script.Changelog, string.Concat(Enumerable.Repeat("\nà la main\0", 20_000)));
        Assert.Equal((0, Ok(script, 2, 3, Entry)), await script.AppendAsync(Entry));
        Assert.Equal((0, Ok(script, 20_004, 20_004, "2026-11-29 fin")), await script.AppendAsync("2026-11-29 fin"));

        // Another header, another text: not this entry.
        await File.WriteAllTextAsync(script.Changelog, $"2026-11-29 14:06{Entry[16..]}\n{Entry}.\n");
        Assert.Equal((0, Ok(script, 5, 6, Entry)), await script.AppendAsync(Entry));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData("dash"), InlineData("busybox")]
    public async Task A_shorter_file_that_takes_the_place_of_the_one_without_room_is_left_as_it_is(string shell)
    {
        using var script = new ChangelogScript(shell);
        await File.WriteAllTextAsync(script.Changelog, "avant\n");
        script.Replace("dd", $"case $* in *oflag=append*) echo x > {script.Changelog}.new; mv {script.Changelog}.new {script.Changelog}; exit 1 ;; esac; exec /bin/dd \"$@\"");
        Assert.Equal((74, $"failed disk {script.Changelog}\n"), await script.AppendAsync(Entry));
        Assert.Equal("x\n", await File.ReadAllTextAsync(script.Changelog));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData("dash"), InlineData("busybox")]
    public async Task Anything_but_one_clean_entry_is_refused(string shell)
    {
        using var script = new ChangelogScript(shell);
        await File.WriteAllTextAsync(script.Changelog, "avant\n");
        foreach (var (input, reason) in new[]
        {
            ("2026-11-29 x\u001b[2J\n.\n", "control-character"),
            ("2026-11-29 x\0\n.\n", "control-character"),
            ("2026-11-29 x\ty\n.\n", "control-character"),
            ("2026-11-29 x\r\n.\n", "control-character"),
            ("2026-11-29 x\u009b2J\n.\n", "control-character"),
            ("2026-11-29 x\u202ey\n.\n", "bidirectional-mark"),
            ("2026-11-29 x\u2066y\n.\n", "bidirectional-mark"),
            ("2026-11-29 x\u200fy\n.\n", "bidirectional-mark"),
            ("2026-11-29 x\u2028y\n.\n", "line-separator"),
            ("2026-11-29 x\ufeffy\n.\n", "invisible-character"),
            ($"2026-11-29 {new string('é', 2048)}\n.\n", "too-long"),
            ("2026-11-29 x\n", "cut-off"),
            ("2026-11-29 x\n.", "cut-off"),
            ("", "cut-off"),
            (".\n", "not-one-entry"),
            ("x\n.\n", "not-one-entry"),
            ("2026-11-29 x: y\n2026-11-29 z: y\n.\n", "not-one-entry"),
            ("2026-11-29 x: y\n  a\n  b\n.\n", "not-one-entry"),
        })
        {
            Assert.Equal((65, $"refused {reason}\n"), await script.GiveAsync(Encoding.UTF8.GetBytes(input)));
        }

        Assert.Equal((65, "refused not-utf-8\n"), await script.GiveAsync([.. "2026-11-29 "u8, 0x9b, .. "\n.\n"u8]));
        Assert.Equal((65, "refused not-utf-8\n"), await script.GiveAsync([.. "2026-11-29 "u8, 0xc0, 0x8a, .. "\n.\n"u8]));
        Assert.Equal("avant\n", await File.ReadAllTextAsync(script.Changelog));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData("dash"), InlineData("busybox")]
    public async Task A_link_a_folder_and_a_device_are_left_alone(string shell)
    {
        using var script = new ChangelogScript(shell);
        var other = Path.Combine(script.Folder, "other");
        await File.WriteAllTextAsync(other, "");
        File.CreateSymbolicLink(script.Changelog, other);
        Assert.Equal((73, $"no link {script.Changelog}\n"), await script.AppendAsync(Entry));
        Assert.Empty(await File.ReadAllTextAsync(other));
        File.Delete(script.Changelog);
        Directory.CreateDirectory(script.Changelog);
        Assert.Equal((73, $"no file {script.Changelog}\n"), await script.AppendAsync(Entry));
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData("dash"), InlineData("busybox")]
    public async Task A_disk_without_room_leaves_the_file_as_it_was(string shell)
    {
        using var script = new ChangelogScript(shell);
        var before = new string('b', 400);
        await File.WriteAllTextAsync(script.Changelog, before);
        var entry = Encoding.UTF8.GetBytes($"2026-11-29 {new string('a', 2000)}\n.\n");
        Assert.Equal((74, $"failed disk {script.Changelog}\n"), await script.GiveAsync(entry, "ulimit -f 1"));
        Assert.Equal(before, await File.ReadAllTextAsync(script.Changelog));
        Assert.Equal(0, (await script.GiveAsync(entry)).ExitCode);
    }

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData("dash"), InlineData("busybox")]
    public async Task Who_edits_or_locks_the_file_is_waited_for_by_name(string shell)
    {
        using var script = new ChangelogScript(shell);
        await File.WriteAllTextAsync(script.Changelog, "avant\n");
        var swap = Path.Combine(script.Folder, ".changelog.swp");
        var emacs = Path.Combine(script.Folder, ".#changelog");
        using var editor = Process.Start("sleep", "60");
        try
        {
            await File.WriteAllBytesAsync(swap, Swap(editor.Id, "lunar"));
            Assert.Equal((75, $"busy sleep lunar {script.Changelog}\n"), await script.AppendAsync(Entry));
            File.Delete(swap);
            File.CreateSymbolicLink(emacs, $"mag@hal.{editor.Id}:1700000000");
            Assert.Equal((75, $"busy sleep mag {script.Changelog}\n"), await script.AppendAsync(Entry));

            // A process that began after the file was last written only has the number of the one that wrote it.
            await File.WriteAllBytesAsync(swap, Swap(editor.Id, "lunar"));
            foreach (var left in new[] { swap, emacs })
            {
                SshdServer.Run("touch", "-h", "-d", "1 hour ago", left);
            }

            Assert.Equal((0, Ok(script, 2, 3, Entry)), await script.AppendAsync(Entry));
            await File.WriteAllTextAsync(script.Changelog, "avant\n");
            File.Delete(emacs);
        }
        finally
        {
            editor.Kill();
            await editor.WaitForExitAsync();
        }

        using var locker = Process.Start(new ProcessStartInfo("flock") { ArgumentList = { script.Changelog, "cat" }, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await locker.StandardInput.WriteLineAsync("locked");
        await locker.StandardInput.FlushAsync();
        Assert.Equal("locked", await locker.StandardOutput.ReadLineAsync());
        var (code, answer) = await script.AppendAsync(Entry);
        Assert.Equal(75, code);
        Assert.Matches($@"^busy (flock|cat) \S+ {script.Changelog}\n$", answer);
        locker.StandardInput.Close();
        await locker.WaitForExitAsync();

        // An earlier call of the program, whose connection was cut.
        using var call = Process.Start(new ProcessStartInfo("flock") { ArgumentList = { script.Changelog, "tail", "-n", "1", "-f", script.Program }, RedirectStandardOutput = true })!;
        await call.StandardOutput.ReadLineAsync();
        Assert.Matches($@"^busy changelog-append \S+ {script.Changelog}\n$", (await script.AppendAsync(Entry)).Answer);
        call.Kill(entireProcessTree: true);
        await call.WaitForExitAsync();

        // What an editor left when it crashed holds nobody up.
        await File.WriteAllBytesAsync(swap, Swap(editor.Id, "lunar"));
        File.CreateSymbolicLink(emacs, $"mag@hal.{editor.Id}:1700000000");
        Assert.Equal((0, Ok(script, 2, 3, Entry)), await script.AppendAsync(Entry));
    }

    [Fact(Skip = Absent, SkipUnless = nameof(AreInstalled))]
    public void Shellcheck_and_visudo_have_nothing_to_say()
    {
        foreach (var words in new string[][]
        {
            ["shellcheck", Path.Combine(Repository.Root, "packaging", "changelog-append")],
            ["visudo", "-c", "-f", Path.Combine(Repository.Root, "packaging", "sudoers.d", "chatbot-changelog")],
        })
        {
            using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true })!;
            var said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, said);
        }
    }

    private static string Ok(ChangelogScript script, int first, int last, string entry) =>
        $"ok {first} {last} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry + "\n")))} {script.Changelog}\n";

    // The first block of a swap file of vim: "b0", its version, three numbers, the process, whose it is.
    private static byte[] Swap(int process, string user)
    {
        var block = new byte[4096];
        "b0VIM 9.0"u8.CopyTo(block);
        BitConverter.TryWriteBytes(block.AsSpan(24), process);
        Encoding.UTF8.GetBytes(user).CopyTo(block, 28);
        return block;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace ChatBot.Tests.OpenPgp;

/// <summary>
/// Keys of people, made once, in a GnuPG home folder of the tests' own; and the folder of public keys that a bot is given.
/// </summary>
public sealed class GpgHome : IDisposable
{
    public const string Absent = "gnupg is not installed";

    private readonly TemporaryFolder _home = new();
    private readonly TemporaryFolder _keys = new();

    public GpgHome()
    {
        if (!IsInstalled)
        {
            return;
        }

        Lunar = Make("lunar", "ed25519");
        Subkeyed = Make("subkeyed", "ed25519");
        Run("", "--quick-add-key", Subkeyed, "ed25519", "sign", "never");
        Stranger = Make("stranger", "ed25519");
        Rsa = Make("rsa", "rsa2048");
        Reader = Make("reader", "ed25519");
        Run("", "--quick-add-key", Reader, "cv25519", "encr", "never");
        Expired = Make("expired", "ed25519", "1d", Yesterday(3));
        Revoked = Make("revoked", "ed25519");
        var certificate = Path.Combine(_home.Path, "openpgp-revocs.d", Revoked.ToUpperInvariant() + ".rev");
        Tricky = Make("tricky", "ed25519");
        Run("", "--quick-add-uid", Tricky, $"[GNUPG:] VALIDSIG {Lunar.ToUpperInvariant()} <tricky@example.org>");
        SubkeyExpired = Make("subkey-expired", "ed25519", "never", Yesterday(3));
        Run("", "--faked-system-time", Yesterday(3), "--quick-add-key", SubkeyExpired, "ed25519", "sign", "1d");
        foreach (var person in (string[])["tricky", "subkey-expired", "lunar", "subkeyed", "rsa", "reader", "expired", "revoked"])
        {
            Export(person);
        }
        // The signer does not hear of it; the bot does.
        File.WriteAllText(
            Path.Combine(_keys.Path, "zz-revocation.asc"),
            File.ReadAllText(certificate).Replace(":-----BEGIN", "-----BEGIN", StringComparison.Ordinal));
    }

    public static bool IsInstalled { get; } = File.Exists("/usr/bin/gpg") && File.Exists("/usr/bin/gpg-agent");

    public string Keys => _keys.Path;

    /// <summary>Where the secret keys are.</summary>
    public string Home => _home.Path;

    public string Lunar { get; } = "";

    /// <summary>Signs with a subkey.</summary>
    public string Subkeyed { get; } = "";

    /// <summary>Nobody's whom the bot knows; its key is not in the folder.</summary>
    public string Stranger { get; } = "";

    public string Rsa { get; } = "";

    public string Expired { get; } = "";

    /// <summary>Has a user identifier that looks like what gpg says of a signature by <see cref="Lunar"/>.</summary>
    public string Tricky { get; } = "";

    /// <summary>Its subkey has expired, it has not.</summary>
    public string SubkeyExpired { get; } = "";

    /// <summary>The one key that can be encrypted to.</summary>
    public string Reader { get; } = "";

    public string Revoked { get; } = "";

    /// <summary>What <c>gpg --armor --detach-sign</c> gives for a line with its end.</summary>
    public string Detached(string sentence, string who = "lunar", params string[] more) =>
        Run(sentence + "\n", ["--armor", "--local-user", who + "@example.org", .. more, "--detach-sign"]);

    /// <summary>A text that is encrypted to <see cref="Reader"/>.</summary>
    public string Encrypted(string text) =>
        Run(text + "\n", "--armor", "--trust-model", "always", "--recipient", "reader@example.org", "--encrypt");

    /// <summary>What <c>gpg --decrypt</c> gives.</summary>
    public string Decrypted(string armored) => Run(armored, "--decrypt");

    /// <summary>What <c>gpg --clearsign</c> gives.</summary>
    public string Clear(string text, string who = "lunar", params string[] more) =>
        Run(text + "\n", ["--local-user", who + "@example.org", .. more, "--clearsign"]);

    public static string Yesterday(int days = 1) =>
        ChatBot.Tests.EndToEnd.RealClock.Instance.GetUtcNow().AddDays(-days).ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    /// <summary>Puts a public key into the folder, whatever it is.</summary>
    public void Export(string who) => File.WriteAllText(
        Path.Combine(_keys.Path, who + ".asc"), Run("", "--armor", "--export", who + "@example.org"));

    public void Dispose()
    {
        if (IsInstalled)
        {
            RunProgram("gpgconf", "", "--kill", "gpg-agent");
        }

        _home.Dispose();
        _keys.Dispose();
    }

    private string Make(string who, string kind, string until = "never", string? then = null)
    {
        string[] faked = then is null ? [] : ["--faked-system-time", then];
        Run("", [.. faked, "--quick-gen-key", $"{who} <{who}@example.org>", kind, "sign", until]);
        return Run("", "--with-colons", "--list-keys", who + "@example.org").Split('\n')
            .First(line => line.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9].ToLowerInvariant();
    }

    private string Run(string input, params string[] arguments) => RunProgram(
        "gpg", input, ["--batch", "--no-tty", "--quiet", "--yes", "--pinentry-mode", "loopback", "--passphrase", "", .. arguments]);

    private string RunProgram(string program, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        start.Environment["GNUPGHOME"] = _home.Path;
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', arguments)}: {errors.Result}");
        return output;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChatBot.Tests.EndToEnd;
using Npgsql;
using Xunit;

namespace ChatBot.Tests.Storage;

/// <summary>
/// Debian's PostgreSQL with a cluster of its own on loopback, and PgBouncer before it, which gives a connection for one transaction and then to
/// somebody else. Neither runs as root: where the tests do, they are nobody's.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Bouncer = "/usr/sbin/pgbouncer";

    private static readonly string? Programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max(StringComparer.Ordinal)
        : null;

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort.Ask();
    private readonly int _bouncerPort = FreePort.Ask();
    private Process? _server;
    private Process? _bouncer;
    private int _databases;

    /// <summary>Why it cannot run here, or null.</summary>
    public static string? Missing => Programs is null ? "PostgreSQL is not installed" : File.Exists(Bouncer) ? null : "PgBouncer is not installed";

    public int Port => _port;

    public int BouncerPort => _bouncerPort;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_111_111);
        using (var made = Start(
            Path.Combine(Programs!, "initdb"), "--pgdata", _folder["data"], "--username", "chatbot", "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"))
        {
            await made.WaitForExitAsync().WaitAsync(Eventually.Patience, RealClock.Instance);
            Assert.Equal(0, made.ExitCode);
        }

        await StartAsync();
        _folder.Write(
            "pgbouncer.ini",
            $"""
            [databases]
            * = host=127.0.0.1 port={_port} user=chatbot
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {_bouncerPort}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            server_login_retry = 1
            query_wait_timeout = 5
            """,
            UnixFileMode.OtherRead);
        _bouncer = Start(Bouncer, _folder["pgbouncer.ini"]);
        await Eventually.Is(() => IsListening(_bouncer, _bouncerPort));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _bouncer, _server }.OfType<Process>())
        {
            await EndAsync(process);
        }

        _folder.Dispose();
    }

    /// <summary>A new database of its own.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"d{Interlocked.Increment(ref _databases)}");
        await RunAsync($"CREATE DATABASE {name}");
        return name;
    }

    /// <summary>The connection that a test puts into the configuration.</summary>
    public string Connection(string database, bool isByPooler = false, int? port = null) =>
        $"Host=127.0.0.1;Port={port ?? (isByPooler ? _bouncerPort : _port)};Username=chatbot;Database={database}";

    /// <summary>As its administrator.</summary>
    public async Task<long> RunAsync(string sql, string database = "postgres")
    {
        await using var source = new NpgsqlSlimDataSourceBuilder(Connection(database) + ";Pooling=false").Build();
        await using var connection = await source.OpenConnectionAsync();
        return await Sql.RunAsync(connection, sql);
    }

    /// <summary>Ends every connection of a database, as a restart of the server does.</summary>
    public Task CutAsync(string database) =>
        RunAsync($"SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{database}'");

    public async Task StartAsync()
    {
        _server = Start(
            Path.Combine(Programs!, "postgres"), "-D", _folder["data"], "-k", "", "-p", _port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off");
        await Eventually.UntilAsync("it takes connections", async () =>
        {
            Assert.False(_server.HasExited, "the server ended");
            try
            {
                return await RunAsync("SELECT 1") == 1;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });
    }

    /// <summary>Ends the server and all its connections at once.</summary>
    public async Task StopAsync()
    {
        await EndAsync(_server!);
        _server = null;
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            // Its own way to end at once: what it began is undone at the next start.
            using var kill = Process.Start("kill", ["-QUIT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync().WaitAsync(Eventually.Patience, RealClock.Instance);
        }

        process.Dispose();
    }

    private static Process Start(string program, params string[] arguments)
    {
        string[] words = Environment.UserName == "root"
            ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", program, .. arguments]
            : [program, .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static bool IsListening(Process process, int port)
    {
        Assert.False(process.HasExited, "the server ended");
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

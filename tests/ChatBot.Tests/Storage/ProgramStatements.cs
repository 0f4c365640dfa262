using System.Text.RegularExpressions;
using ChatBot.Configuration;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Hosting;
using ChatBot.Storage;
using ChatBot.Tests.Commands;
using ChatBot.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ChatBot.Tests.Storage;

/// <summary>
/// The statements of the program: the texts of the assembly, and those that are put together at run time, from a store that has run them.
/// </summary>
internal sealed partial class ProgramStatements : IAsyncDisposable
{
    /// <summary>Tables that may be walked through, with what bounds them.</summary>
    public static IReadOnlyDictionary<string, string> SmallTables { get; } = new Dictionary<string, string>
    {
        ["changelog_todo"] = "empty boxes in what people write",
        ["check_history"] = "a row a check, for a day after it changed last or as long as a late report may come",
        ["forgetting"] = "a row a person who asked to be forgotten, until that is done",
        ["intervention"] = "planned by people",
        ["lease"] = "one row",
        ["mail_attempt"] = "mails under way, thirty days at most",
        ["mail_order"] = "mails of people that are not answered yet",
        ["mail_thread"] = "people's mails of seven days",
        ["mute"] = "made by people, for a year",
        ["pop3_mail"] = "what is still on the server",
        ["setting"] = "a row a name",
        ["unchecked_mail"] = "mails of one hour",
        ["watch"] = "a row a source that is watched",
    };

    private static readonly Lazy<IReadOnlyList<string>> OfAssembly = new(TextsOfAssembly);

    private readonly Engine _engine = Engine.Make(Core.Language.Locale.French, SampleStore.Now, SampleGroup.Settings);
    private readonly List<string> _run = [];

    private ProgramStatements()
    {
    }

    /// <summary>What begins as a statement does; some are pieces of one.</summary>
    public static IReadOnlyList<string> Texts => OfAssembly.Value;

    /// <summary>What the store has run.</summary>
    public IReadOnlyList<string> Run => _run;

    /// <summary>The file.</summary>
    public string StorePath => _engine.Path;

    public static async Task<ProgramStatements> OpenAsync()
    {
        var statements = new ProgramStatements();
        await statements.LiveAsync();
        return statements;
    }

    /// <summary>The steps of SQLite.</summary>
    public static List<string> Plan(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements of the program.
        command.CommandText = "EXPLAIN QUERY PLAN " + text;
#pragma warning restore CA2100
        foreach (var name in Parameter().Matches(text).Select(match => match.Value).Distinct())
        {
            command.Parameters.AddWithValue(name, 1L);
        }

        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }

    /// <summary>Whether SQLite takes it for a statement.</summary>
    public static bool IsWhole(SqliteConnection connection, string text)
    {
        try
        {
            Plan(connection, text);
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private async Task LiveAsync()
    {
        await _engine.OpenAsync(await SampleStore.BytesAsync());
        await Retention.RunAsync(
            _engine.Database, new RetentionSettings { ChangelogAuthors = TimeSpan.FromDays(1) }, PublicNames.None, _engine.Time.GetUtcNow().AddYears(3), CancellationToken.None);
        await _engine.Database.WriteAsync(
            transaction => Sql.RunAsync(
                transaction.Connection,
                string.Concat(PersonText.All.Select(one => $"UPDATE {one.Table} SET {one.Column} = 'lunar' WHERE {one.HasEnded};")) + "SELECT 1",
                transaction.Transaction),
            CancellationToken.None);
        await _engine.Forgotten.ForgetAsync(new Person { Name = "lunar", Accounts = ["lunar"] }, CancellationToken.None);
        await _engine.Database.ReadAsync(RanAsync, CancellationToken.None);
        await _engine.Database.WriteAsync(RanAsync, CancellationToken.None);

        Task<bool> RanAsync(StoreTransaction transaction)
        {
            _run.AddRange(((KeepingConnection)transaction.Connection).Texts);
            return Task.FromResult(true);
        }
    }

    private static List<string> TextsOfAssembly()
    {
        using var module = ModuleDefinition.ReadModule(typeof(Bot).Assembly.Location);
        return module.GetTypes().Where(type => !IsByHand(type.DeclaringType ?? type)).SelectMany(type => type.Methods).Where(method => method.HasBody).SelectMany(method => method.Body.Instructions)
            .Where(instruction => instruction.OpCode == OpCodes.Ldstr).Select(instruction => (string)instruction.Operand)
            .Where(text => Verb().IsMatch(text) && !OfPostgresAlone().IsMatch(text))
            .Distinct().ToList();
    }

    // chatbot store looks at every row, beside the bot.
    private static bool IsByHand(TypeDefinition type) => type.Name is nameof(StoreFile) or nameof(StoreRule) or nameof(StoreEnd) or nameof(SqliteEnd) or nameof(PostgresEnd);

    // Tables of one row.
    [GeneratedRegex("schema_version|set_config.*'speaker'|set_config[^F]*$")]
    private static partial Regex OfPostgresAlone();

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH) ")]
    private static partial Regex Verb();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}

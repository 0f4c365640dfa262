using System.Text.RegularExpressions;
using ChatBot.Hosting;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace ChatBot.Tests.Storage;

/// <summary>
/// One SQL text for SQLite and for whatever speaks like PostgreSQL: managed ones, YugabyteDB, CockroachDB, and any of them behind a pooler that
/// keeps nothing of a session.
/// </summary>
public sealed partial class PortableSqlTests
{
    // An engine that lacks it gets no prepared statements.
    internal const string AskedWhereItExists = "SELECT pg_backend_pid()";

    [Fact]
    public void No_statement_needs_one_engine_or_more_of_a_session_than_its_transaction()
    {
        using var module = ModuleDefinition.ReadModule(typeof(Bot).Assembly.Location);
        var texts = module.GetTypes().Where(type => type.Namespace == "ChatBot.Storage" || type.FullName.StartsWith("ChatBot.Storage.", StringComparison.Ordinal))
            .Where(type => type.Name.Split('/')[0] != "SqliteDatabase" && !type.FullName.Contains("SqliteDatabase", StringComparison.Ordinal))
            .SelectMany(type => type.Methods).Where(method => method.HasBody).SelectMany(method => method.Body.Instructions)
            .Where(instruction => instruction.OpCode == OpCodes.Ldstr).Select(instruction => (string)instruction.Operand)
            .Where(text => Sql().IsMatch(text) && text != AskedWhereItExists).Distinct().ToList();
        Assert.InRange(texts.Count, 80, 1000);
        Assert.All(texts, text => Assert.DoesNotMatch(Forbidden(), text));
    }

    [Fact]
    public void No_migration_for_PostgreSQL_needs_what_others_that_speak_like_it_lack() =>
        Assert.All(ChatBot.Storage.Migration.Of("postgresql"), migration => Assert.DoesNotMatch(Forbidden(), Comments().Replace(migration.Sql, "")));

    [Fact]
    public void Both_engines_are_at_the_same_schema() =>
        Assert.Equal(ChatBot.Storage.Migration.Of("sqlite")[^1].Number, ChatBot.Storage.Migration.Of("postgresql")[^1].Number);

    [Theory]
    [InlineData("SELECT pg_advisory_lock(1)"), InlineData("LISTEN x"), InlineData("NOTIFY x"), InlineData("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")]
    [InlineData("SELECT 1 FROM a JOIN b ON a.x = b.x FOR UPDATE"), InlineData("SELECT IFNULL(a, 1) FROM b"), InlineData("SELECT a::text FROM b"), InlineData("INSERT OR IGNORE INTO a VALUES (1)")]
    [InlineData("SELECT a FROM b WHERE c ILIKE 'd'"), InlineData("SELECT now()"), InlineData("SELECT rowid FROM a"), InlineData("SELECT group_concat(a) FROM b")]
    public void What_is_forbidden_is_found(string text) => Assert.Matches(Forbidden(), text);

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|SET|LOCK|LISTEN|NOTIFY)\b")]
    private static partial Regex Sql();

    [GeneratedRegex(
        @"advisory|\b(LISTEN|UNLISTEN|NOTIFY|SERIALIZABLE|ILIKE|SIMILAR|GLOB|REGEXP|PRAGMA|TEMP|TEMPORARY|UNLOGGED|PREPARE|DEALLOCATE|DECLARE|rowid|ctid|xmin)\b"
        + @"|\bLOCK TABLE\b|\bINSERT OR\b|\bDISTINCT ON\b|\bON CONFLICT ON\b|\bSET (LOCAL|SESSION|TRANSACTION)\b|JOIN[\s\S]*FOR (UPDATE|SHARE)|::"
        + @"|\b(ifnull|iif|now|random|date|datetime|julianday|strftime|unixepoch|json\w*|group_concat|string_agg|array_agg|unnest|instr|strpos|printf|format|typeof|changes|total|glob"
        + @"|last_insert_rowid|nextval|setval|currval|to_char|to_timestamp|extract|age|generate_series|regexp_\w+|pg_\w+)\s*\(",
        RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();

    [GeneratedRegex("--.*")]
    private static partial Regex Comments();
}

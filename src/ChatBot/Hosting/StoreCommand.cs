using System.CommandLine;
using System.Data.Common;
using ChatBot.Configuration;
using ChatBot.Posix;
using ChatBot.Storage;

namespace ChatBot.Hosting;

/// <summary>
/// <c>chatbot store</c>: saves the store while the bot runs, puts a saved one back, copies it between the engines, looks through one. Exit 0
/// done, 1 something is wrong with the store or the call, or a bot runs, 75 stopped.
/// </summary>
/// <param name="words">Chooses between English and French.</param>
/// <param name="output">What was done, with the counts that prove it.</param>
/// <param name="errors">What is wrong.</param>
/// <param name="progress">A terminal, where there is one.</param>
/// <param name="time">The clock.</param>
internal sealed class StoreCommand(
    Func<string, string, string> words, TextWriter output, TextWriter errors, TextWriter progress, TimeProvider time)
{
    private const string Sqlite = "sqlite";
    private const string Postgresql = "postgresql";

    public Command Of(Option<string?> config, Func<string?, BotSettings?> load)
    {
        var store = new Command("store", words(
            "Save the store, put it back, copy it between SQLite and PostgreSQL, or look through it",
            "Sauvegarder la base, la remettre, la copier entre SQLite et PostgreSQL, ou la vérifier"))
        {
            Sub("backup", words(
                "Copy the store into a new file, as it is at one moment; the bot may run meanwhile",
                "Copier la base dans un nouveau fichier, telle qu'elle est à un instant ; le robot peut tourner pendant ce temps"), OfFile(BackupAsync)),
            Sub("restore", words(
                "Put a copy in the place of the store; the bot must be stopped, and what was there is kept beside it",
                "Mettre une copie à la place de la base ; le robot doit être arrêté, et ce qui était là est gardé à côté"), OfFile(RestoreAsync)),
            Copy(config, load),
        };
        var check = new Command("check", words(
            "Look for damage, and for what must never be in a store", "Chercher ce qui est abîmé, et ce qui ne doit jamais se trouver dans une base")) { config };
        check.SetAction((parsed, cancellationToken) => RunAsync(load(parsed.GetValue(config)), CheckAsync, cancellationToken));
        store.Add(check);
        return store;

        Command Sub(string name, string about, Func<BotSettings, string, CancellationToken, Task<int>> doAsync)
        {
            var file = new Argument<string>("FILE") { Description = words("The copy", "La copie") };
            var command = new Command(name, about) { config, file };
            command.SetAction((parsed, cancellationToken) => RunAsync(
                load(parsed.GetValue(config)), (settings, token) => doAsync(settings, parsed.GetValue(file)!, token), cancellationToken));
            return command;
        }

        // A store of a server is no file.
        Func<BotSettings, string, CancellationToken, Task<int>> OfFile(Func<BotSettings, string, CancellationToken, Task<int>> doAsync) =>
            async (settings, file, token) =>
            {
                if (settings.Storage.Provider == StorageProvider.Sqlite)
                {
                    return await doAsync(settings, file, token);
                }

                await TellAsync([words("[storage] is PostgreSQL: pg_dump and pg_restore do this", "[storage] est PostgreSQL : c'est le travail de pg_dump et pg_restore")]);
                return ExitCode.WrongInput;
            };
    }

    private Command Copy(Option<string?> config, Func<string?, BotSettings?> load)
    {
        var from = new Option<string?>("--from") { Description = words("What is copied: sqlite or postgresql", "Ce qui est copié : sqlite ou postgresql") };
        var to = new Option<string?>("--to") { Description = words("Where it goes: the other one", "Où cela va : l'autre") };
        from.AcceptOnlyFromAmong(Sqlite, Postgresql);
        to.AcceptOnlyFromAmong(Sqlite, Postgresql);
        var copy = new Command("copy", words(
            "Copy the whole store from the file of the data folder into the PostgreSQL of [storage] (--from sqlite), or back (--to sqlite); the bot must be stopped, and "
            + "the target empty",
            "Copier toute la base du fichier du dossier de données vers le PostgreSQL de [storage] (--from sqlite), ou l'inverse (--to sqlite) ; le robot doit être arrêté, "
            + "et la cible vide")) { config, from, to };
        copy.Validators.Add(parsed =>
        {
            if (parsed.GetResult(from)?.Tokens.SingleOrDefault()?.Value == parsed.GetResult(to)?.Tokens.SingleOrDefault()?.Value)
            {
                parsed.AddError(words("write --from sqlite, or --to sqlite", "écrivez --from sqlite, ou --to sqlite"));
            }
        });
        copy.SetAction((parsed, cancellationToken) => RunAsync(
            load(parsed.GetValue(config)),
            (settings, token) => CopyAsync(settings, parsed.GetValue(from) == Sqlite || parsed.GetValue(to) == Postgresql, token),
            cancellationToken));
        return copy;
    }

    private async Task<int> RunAsync(
        BotSettings? settings, Func<BotSettings, CancellationToken, Task<int>> doAsync, CancellationToken cancellationToken)
    {
        if (settings is null)
        {
            return ExitCode.WrongInput;
        }

        try
        {
            return await doAsync(settings, cancellationToken);
        }
        catch (StorageException wrong)
        {
            await progress.WriteLineAsync();
            await errors.WriteLineAsync($"chatbot store: {wrong.Message}");
            return ExitCode.WrongInput;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await progress.WriteLineAsync();
            await errors.WriteLineAsync($"chatbot store: {words("stopped; nothing is changed", "arrêté ; rien n'est changé")}");
            return ExitCode.TryAgain;
        }
    }

    private async Task<int> BackupAsync(BotSettings settings, string file, CancellationToken cancellationToken)
    {
        var rows = await StoreFile.CopyAsync(Store(settings), file, Show, cancellationToken);
        await progress.WriteLineAsync();
        await ListAsync(rows);
        await output.WriteLineAsync(words($"{file}: whole, and read back", $"{file} : complète, et relue"));
        return ExitCode.Done;
    }

    private async Task<int> CopyAsync(BotSettings settings, bool isToServer, CancellationToken cancellationToken)
    {
        if (settings.Storage.Connection is not { } connection)
        {
            await TellAsync([words(
                "[storage] names no PostgreSQL; write provider = \"postgresql\" and connection_file, also to copy back from it",
                "[storage] ne nomme aucun PostgreSQL ; écrivez provider = \"postgresql\" et connection_file, même pour en revenir")]);
            return ExitCode.WrongInput;
        }

        DataFolder.Make(settings.Data);
        using var held = DataLock.Take(settings.Data);
        await using var from = isToServer ? await SqliteEnd.SourceAsync(Store(settings), cancellationToken) : await PostgresEnd.SourceAsync(connection.Reveal(), cancellationToken);
        await using var to = isToServer ? await PostgresEnd.TargetAsync(connection.Reveal(), time, cancellationToken) : await SqliteEnd.TargetAsync(Store(settings), time, cancellationToken);
        var contents = await StoreCopy.RunAsync(from, to, (done, all) => progress.Write($"\r{done} / {all} "), cancellationToken);
        await progress.WriteLineAsync();
        foreach (var (table, rows, hash) in contents.OrderBy(content => content.Table, StringComparer.Ordinal))
        {
            await output.WriteLineAsync($"{table,-20} {rows,12}  {hash}");
        }

        await output.WriteLineAsync(words(
            $"{to.Name}: every table read back, the same as in {from.Name}, which is as it was",
            $"{to.Name} : chaque table relue, identique à celle de {from.Name}, qui reste en l'état"));
        if (!isToServer)
        {
            await output.WriteLineAsync(words("write provider = \"sqlite\" in [storage] before the bot starts", "écrivez provider = \"sqlite\" dans [storage] avant de démarrer le robot"));
        }

        return ExitCode.Done;
    }

    private async Task<int> RestoreAsync(BotSettings settings, string file, CancellationToken cancellationToken)
    {
        DataFolder.Make(settings.Data);
        using var held = DataLock.Take(settings.Data);
        if ((await StoreFile.FindingsAsync(file, cancellationToken)).Faults is { Count: > 0 } faults)
        {
            await TellAsync(faults);
            return ExitCode.WrongInput;
        }

        var replaced = await StoreFile.ReplaceAsync(Store(settings), file, time.GetUtcNow(), Show, cancellationToken);
        await progress.WriteLineAsync();
        await using (var database = new SqliteDatabase(Store(settings), time))
        {
            await database.OpenAsync(CancellationToken.None);
            await ForgetAsync(database, settings);
        }

        await ListAsync((await StoreFile.FindingsAsync(Store(settings), CancellationToken.None)).Rows);
        await output.WriteLineAsync(words(
            $"{file} is the store now, without what has had its time since ([retention])",
            $"{file} est maintenant la base, sans ce qui a fait son temps depuis ([retention])"));
        if (replaced is not null)
        {
            await output.WriteLineAsync(words($"the one before is {replaced}", $"la précédente est {replaced}"));
        }

        await output.WriteLineAsync(words(
            "What waited for the channels when it was made is said when the bot starts; who asked to be forgotten since asks again.",
            "Ce qui attendait les canaux quand elle a été faite sera dit au démarrage ; qui a demandé l'oubli depuis le redemande."));
        return ExitCode.Done;
    }

    // What was kept long enough when the copy lay about.
    private async Task ForgetAsync(Database database, BotSettings settings)
    {
        bool isMore;
        do
        {
            isMore = (await Retention.RunAsync(
                database, settings.Retention, settings.Inventory.PublicNames, time.GetUtcNow(), CancellationToken.None)).IsMore;
        }
        while (isMore);
    }

    private async Task<int> CheckAsync(BotSettings settings, CancellationToken cancellationToken)
    {
        var findings = settings.Storage.Connection is { } connection
            ? await ServerFindingsAsync(connection.Reveal(), cancellationToken)
            : await StoreFile.FindingsAsync(Store(settings), cancellationToken);
        await ListAsync(findings.Rows);
        if (findings.Faults.Count > 0)
        {
            await TellAsync(findings.Faults);
            return ExitCode.WrongInput;
        }

        await output.WriteLineAsync(words("no fault found", "aucun défaut trouvé"));
        return ExitCode.Done;
    }

    private static async Task<StoreFindings> ServerFindingsAsync(string connection, CancellationToken cancellationToken)
    {
        await using var store = await PostgresEnd.InUseAsync(connection, cancellationToken);
        try
        {
            return await StoreRule.FindingsAsync(store, cancellationToken);
        }
        catch (DbException failure)
        {
            throw new StorageException($"{store.Name}: {failure.Message}", failure);
        }
    }

    private async Task TellAsync(IEnumerable<string> faults)
    {
        foreach (var fault in faults)
        {
            await errors.WriteLineAsync($"chatbot store: {fault}");
        }
    }

    private async Task ListAsync(IReadOnlyList<TableRows> rows)
    {
        foreach (var (table, count) in rows)
        {
            await output.WriteLineAsync($"{table,-20} {count,12}");
        }
    }

    private void Show(int done, int all) => progress.Write($"\r{done} / {all} pages ");

    private static string Store(BotSettings settings) => ConfiguredStore.FileOf(settings);
}

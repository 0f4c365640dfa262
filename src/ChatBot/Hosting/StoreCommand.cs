using System.CommandLine;
using ChatBot.Configuration;
using ChatBot.Posix;
using ChatBot.Storage;

namespace ChatBot.Hosting;

/// <summary>
/// <c>chatbot store</c>: saves the store while the bot runs, puts a saved one back, looks through one. Exit 0 done, 1 something is
/// wrong with the store or the call, or a bot runs, 75 stopped.
/// </summary>
/// <param name="words">Chooses between English and French.</param>
/// <param name="output">What was done, with the counts that prove it.</param>
/// <param name="errors">What is wrong.</param>
/// <param name="progress">A terminal, where there is one.</param>
/// <param name="time">The clock.</param>
internal sealed class StoreCommand(
    Func<string, string, string> words, TextWriter output, TextWriter errors, TextWriter progress, TimeProvider time)
{
    public Command Of(Option<string?> config, Func<string?, BotSettings?> load)
    {
        var store = new Command("store", words("Save the store, put it back, or look through it", "Sauvegarder la base, la remettre, ou la vérifier"))
        {
            Sub("backup", words(
                "Copy the store into a new file, as it is at one moment; the bot may run meanwhile",
                "Copier la base dans un nouveau fichier, telle qu'elle est à un instant ; le robot peut tourner pendant ce temps"), BackupAsync),
            Sub("restore", words(
                "Put a copy in the place of the store; the bot must be stopped, and what was there is kept beside it",
                "Mettre une copie à la place de la base ; le robot doit être arrêté, et ce qui était là est gardé à côté"), RestoreAsync),
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
    }

    private async Task<int> RunAsync(
        BotSettings? settings, Func<BotSettings, CancellationToken, Task<int>> doAsync, CancellationToken cancellationToken)
    {
        if (settings is null)
        {
            return ExitCode.WrongInput;
        }

        if (settings.Storage.Provider != StorageProvider.Sqlite)
        {
            await errors.WriteLineAsync($"chatbot store: {words(
                "[storage] is PostgreSQL: pg_dump and pg_restore do this",
                "[storage] est PostgreSQL : c'est le travail de pg_dump et pg_restore")}");
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
        await using (var database = new SqliteDatabase(Store(settings)))
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
        var findings = await StoreFile.FindingsAsync(Store(settings), cancellationToken);
        await ListAsync(findings.Rows);
        if (findings.Faults.Count > 0)
        {
            await TellAsync(findings.Faults);
            return ExitCode.WrongInput;
        }

        await output.WriteLineAsync(words("no fault found", "aucun défaut trouvé"));
        return ExitCode.Done;
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

using System.Data.Common;
using ChatBot.Configuration;
using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Incidents;
using ChatBot.Posix;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>
/// <c>chatbot import</c>: an archive of mails becomes history. Nothing is said in any channel; each mail counts as seen, so that a
/// source that brings it again is silent too, and a second import adds nothing. A mail that is not believed has no effect, and can
/// be imported again by somebody who vouches for it.
/// </summary>
/// <param name="settings">Free of mistakes.</param>
/// <param name="time">The clock.</param>
/// <param name="output">What was done, at the end.</param>
/// <param name="errors">Mails and files that cannot be read.</param>
/// <param name="progress">A terminal, where there is one.</param>
internal sealed class Import(BotSettings settings, TimeProvider time, TextWriter output, TextWriter errors, TextWriter progress)
{
    private const int BatchCount = 200;

    /// <summary>The language of the closing message.</summary>
    public MessageLanguage Language { get; init; }

    private readonly HistorySink _history = new(settings, time);
    private int _known;
    private int _disbelieved;
    private int _unreadable;

    /// <returns>0 done, 1 a file cannot be read, 75 stopped or the store does not take it: the same call goes on from there.</returns>
    public async Task<int> RunAsync(string path, bool trusted, CancellationToken cancellationToken)
    {
        var archive = new MailArchive(time);
        try
        {
            var mails = await archive.FindAsync(path, cancellationToken);
            foreach (var (file, reason) in archive.Unreadable)
            {
                await errors.WriteLineAsync($"{file}: {reason}");
            }

            var isWhole = await StoreAsync(mails, new MailSourceFacts("import", trusted), cancellationToken);
            return !isWhole ? ExitCode.TryAgain : archive.Unreadable.Count > 0 ? ExitCode.WrongInput : ExitCode.Done;
        }
        catch (Exception failure) when (failure is StorageException or DbException)
        {
            await errors.WriteLineAsync($"chatbot import: {failure.Message}");
            return ExitCode.TryAgain;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync($"chatbot import: {Language.Words("stopped before anything was stored", "arrêté avant d'avoir rien enregistré")}");
            return ExitCode.TryAgain;
        }
    }

    private async Task<bool> StoreAsync(IReadOnlyList<ArchivedMail> mails, MailSourceFacts facts, CancellationToken cancellationToken)
    {
        DataFolder.Make(settings.Data);
        await using var database = ConfiguredStore.Of(settings, time);
        if (!await database.OpenSharedAsync(cancellationToken))
        {
            throw new StorageException(Language.Words(
                "an earlier version made the database: start the bot of this version first, which changes its schema",
                "une version antérieure a fait la base : démarrez d'abord le robot de cette version, qui en change le schéma"));
        }

        var started = time.GetTimestamp();
        var done = 0;
        foreach (var batch in mails.Chunk(BatchCount))
        {
            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            await StoreAsync(database, batch, facts);
            done += batch.Length;
            await ShowAsync(done, mails.Count, time.GetElapsedTime(started));
        }
        await progress.WriteLineAsync();
        await output.WriteLineAsync(
            Language.Words(
                $"{done} of {mails.Count} mails read: {_history.Incidents} incidents, {_history.Changes} changes and {_history.Entries} changelog entries added; "
                    + (_history.LeftOut > 0 ? $"{_history.LeftOut} changelog lines left out, too many of one mail; " : "")
                    + $"{_known} known before, {_unreadable} unreadable, {_disbelieved} not believed{(_disbelieved > 0 ? " (see --trusted)" : "")}",
                $"{done} mails lus sur {mails.Count} : {_history.Incidents} incidents, {_history.Changes} modifications et {_history.Entries} entrées de changelog ajoutés ; "
                    + (_history.LeftOut > 0 ? $"{_history.LeftOut} lignes de changelog laissées de côté, trop pour un mail ; " : "")
                    + $"{_known} déjà connus, {_unreadable} illisibles, {_disbelieved} non crus{(_disbelieved > 0 ? " (voir --trusted)" : "")}"));
        return done == mails.Count;
    }

    // A batch that was begun is finished: an import stops between two of them.
    private async Task StoreAsync(Database database, ArchivedMail[] batch, MailSourceFacts facts)
    {
        var read = new List<IntakeMail.Understood>();
        foreach (var archived in batch)
        {
            if (await ReadAsync(archived, facts) is { } mail)
            {
                read.Add(mail);
                _disbelieved += mail.IsRefused ? 1 : 0;
            }
        }

        var arrivals = read.ConvertAll(mail => mail.Arrival with { OtherKeys = mail.AllKeys });
        var areNew = await database.WriteAsync(transaction => _history.TakeAsync(transaction, arrivals), CancellationToken.None);
        _known += areNew.Count(isNew => !isNew);
    }

    private async Task<IntakeMail.Understood?> ReadAsync(ArchivedMail archived, MailSourceFacts facts)
    {
        try
        {
            var bytes = await MailArchive.ReadAsync(archived, CancellationToken.None);
            if (MailParser.Read(bytes) is MailReading.Readable { Mail: var mail })
            {
                var report = Classifier.Classify(mail, settings.Inventory, settings.Mail.Smtp?.From, settings.Mail.Trust);
                var verdict = Authenticity.Judge(mail, facts, settings.Mail.Trust, settings.Inventory, report, archived.At);
                return new IntakeMail.Understood(new IncomingMail(archived.Place, bytes, archived.At, facts), mail, report, verdict)
                {
                    Keys = MailIdentity.KeysOf(mail, settings.Mail.Trust.Mx, archived.Place),
                };
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It was there a moment ago; reported like the others.
        }
        _unreadable++;
        await errors.WriteLineAsync($"{archived.Place}: {Language.Words("not a mail that can be read", "ce mail est illisible")}");
        return null;
    }

    private async Task ShowAsync(int done, int all, TimeSpan elapsed)
    {
        var rate = done / Math.Max(elapsed.TotalSeconds, 0.001);
        var left = TimeSpan.FromSeconds(Math.Ceiling((all - done) / rate));
        await progress.WriteAsync(Language.Words(
            $"\r{done} of {all} mails, {rate:F0} a second, {left:hh\\:mm\\:ss} left ",
            $"\r{done} mails sur {all}, {rate:F0} par seconde, encore {left:hh\\:mm\\:ss} "));
    }
}

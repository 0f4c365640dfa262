using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>
/// Erases people who asked for it: their name and their words from what they did, their name from what others wrote. The wish is stored
/// first, so that a kill or an end that comes later loses none; what they do after it is not meant.
/// </summary>
internal sealed class ForgottenPeople(Database database, CurrentSettings settings, TimeProvider time) : IForgetting
{
    private const int AtOnce = 500;

    /// <summary>How soon after its end something that went on is looked at again.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(30);

    public async Task<Forgotten> ForgetAsync(Person person, CancellationToken cancellationToken)
    {
        var wish = new ForgettingRow
        {
            Name = PublicText.Declared(person.Name, 40).Value,
            Words = string.Join('\n', PersonWords.Of(person, settings.Value.Settings.Inventory).Words),
            AskedAt = Moment.Store(time.GetUtcNow()),
        };
        await database.WriteAsync(transaction => ForgettingStore.AddAsync(transaction, wish), cancellationToken);
        return await FulfilAsync(wish, cancellationToken);
    }

    /// <summary>Erases those who asked before from what has ended since.</summary>
    /// <returns>When to look again.</returns>
    public async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var wish in await database.ReadAsync(ForgettingStore.AllAsync, cancellationToken))
        {
            await FulfilAsync(wish, cancellationToken);
        }

        return LookEvery;
    }

    private async Task<Forgotten> FulfilAsync(ForgettingRow wish, CancellationToken cancellationToken)
    {
        var (until, erased) = (Moment.Read(wish.AskedAt), 0L);
        foreach (var place in PersonPlace.All.Append(PersonPlace.ChangelogAuthor))
        {
            int done;
            do
            {
                done = await database.WriteAsync(
                    transaction => place.EraseAsync(transaction, wish.Name, DateTimeOffset.MaxValue, AtOnce, until), cancellationToken);
                erased += done;
            }
            while (done == AtOnce);
        }

        var (words, somebody) = (new PersonWords(wish.Words.Split('\n')), settings.Value.Phrases.Public(Sentences.Somebody).Value);
        foreach (var text in PersonText.All)
        {
            erased += await text.ReplaceAsync(database, words, somebody, cancellationToken);
        }

        var running = await database.WriteAsync(transaction => SettleAsync(transaction, wish, words, somebody), cancellationToken);
        await database.LeaveNoCopyAsync(cancellationToken);
        return new Forgotten(erased, running);
    }

    private static async Task<long> SettleAsync(StoreTransaction transaction, ForgettingRow wish, PersonWords words, string somebody)
    {
        var running = 0L;
        foreach (var place in PersonPlace.All)
        {
            running += await place.RunningAsync(transaction, wish.Name, Moment.Read(wish.AskedAt));
        }

        foreach (var text in PersonText.All)
        {
            running += await text.RunningAsync(transaction, words, somebody);
        }

        if (running == 0)
        {
            await ForgettingStore.DeleteAsync(transaction, wish);
        }

        return running;
    }
}

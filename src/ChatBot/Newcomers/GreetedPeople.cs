using System.Security.Cryptography;
using ChatBot.Storage;

namespace ChatBot.Newcomers;

/// <summary>Who was greeted, as the store keeps them: by hashes that only the secret of this store can make.</summary>
internal sealed class GreetedPeople(Database database, TimeProvider time)
{
    private const string SecretName = "greeted-key";
    private const int SecretBytes = 32;

    /// <summary>Empty before <see cref="LoadAsync"/>.</summary>
    public byte[] Secret { get; private set; } = [];

    public async Task LoadAsync(CancellationToken cancellationToken) => Secret = Convert.FromHexString(await database.WriteAsync(
        transaction => SettingStore.GetOrAddAsync(transaction, SecretName, () => RandomNumberGenerator.GetHexString(SecretBytes * 2)),
        cancellationToken));

    public Task<bool> AreKnownAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => GreetedStore.IsKnownAsync(transaction, keys), cancellationToken);

    public Task RememberAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => GreetedStore.AddAsync(transaction, keys, time.GetUtcNow()), cancellationToken);

    /// <returns>How many there were.</returns>
    public Task<int> ForgetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => GreetedStore.ForgetAsync(transaction, keys), cancellationToken);
}

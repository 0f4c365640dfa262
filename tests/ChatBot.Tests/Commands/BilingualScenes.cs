using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>Scenes in a sample group that speaks one language or the other.</summary>
public abstract class BilingualScenes : IAsyncDisposable
{
    private SampleGroup? _group;

    public static TheoryData<Locale> Both => [Locale.French, Locale.English];

    private protected SampleGroup Group => _group!;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _group?.DisposeAsync() ?? default;
    }

    /// <summary>Begins a scene: a new group, which speaks this language.</summary>
    private protected void Speak(Locale locale) => _group = new SampleGroup(locale);

    private protected string In(string french, string english) => Group.In(french, english);

    /// <summary>A scene that many words share.</summary>
    private protected async Task InBothAsync(Func<Task> scene)
    {
        Speak(Locale.English);
        await scene();
        await Group.DisposeAsync();
        Speak(Locale.French);
        await scene();
    }
}

namespace ChatBot.Core.People;

/// <summary>Erases from the store what names a person.</summary>
public interface IForgetting
{
    /// <summary>Erases somebody from what has ended. What goes on keeps their name, and loses it by itself soon after its end.</summary>
    /// <param name="person">Who asked, and has proved who they are.</param>
    /// <param name="cancellationToken">Gives up; the rest is erased by itself.</param>
    Task<Forgotten> ForgetAsync(Person person, CancellationToken cancellationToken);
}

/// <summary>What came of a wish to be forgotten.</summary>
/// <param name="Erased">In how many places the person is no longer named.</param>
/// <param name="Running">In how many they still are, because these go on.</param>
public sealed record Forgotten(long Erased, long Running);

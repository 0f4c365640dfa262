namespace ChatBot.Web;

/// <summary>What answers the requests for one path.</summary>
/// <param name="Path">To the letter, such as <c>/healthz</c>.</param>
/// <param name="Methods">Which are answered; all others get 405.</param>
/// <param name="MostBytes">How long the body of a request may be.</param>
/// <param name="AnswerAsync">Makes the page; a failure is logged and answered with 500.</param>
public sealed record WebEndpoint(
    string Path, IReadOnlyList<string> Methods, long MostBytes, Func<HttpRequest, CancellationToken, ValueTask<WebPage>> AnswerAsync)
{
    /// <summary>The methods of a page that is only read.</summary>
    public static IReadOnlyList<string> Reading { get; } = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>A page that is only read, whatever the request says.</summary>
    public static WebEndpoint Page(string path, Func<CancellationToken, ValueTask<WebPage>> render) =>
        new(path, Reading, 0, (_, cancellationToken) => render(cancellationToken));
}

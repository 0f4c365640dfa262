namespace ChatBot.Web;

/// <summary>One answer, rendered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">With its charset, which is UTF-8.</param>
/// <param name="Body">The text.</param>
public sealed record WebPage(int Status, string ContentType, string Body)
{
    public static WebPage Plain(int status, string body) => new(status, "text/plain; charset=utf-8", body + "\n");

    /// <summary><c>ready</c>, or what is missing, one reason a line.</summary>
    public static WebPage Health(HealthReport report) =>
        report.Ready ? Plain(200, "ready") : Plain(503, string.Join('\n', report.Reasons));
}

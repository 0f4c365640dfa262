using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace ChatBot.Web;

/// <summary>Answers requests from a fixed table; nothing of a request reaches an answer.</summary>
internal sealed partial class WebPages(IReadOnlyDictionary<string, Func<WebPage>> pages, ILogger log)
    : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var page = Find(context.Request);
        var response = context.Response;
        response.StatusCode = page.Status;
        response.ContentType = page.ContentType;
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        if (page.Status == StatusCodes.Status405MethodNotAllowed)
        {
            response.Headers.Allow = HttpMethods.Get;
        }

        var body = Encoding.UTF8.GetBytes(page.Body);
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private WebPage Find(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method))
        {
            return WebPage.Plain(StatusCodes.Status405MethodNotAllowed, "only GET");
        }

        if (!pages.TryGetValue(request.Path.Value ?? "", out var render))
        {
            return WebPage.Plain(StatusCodes.Status404NotFound, "no such page");
        }

        try
        {
            return render();
        }
        catch (Exception e)
        {
            PageFailed(log, request.Path.Value!, e);
            return WebPage.Plain(StatusCodes.Status500InternalServerError, "this page failed");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The page {Path} failed.")]
    private static partial void PageFailed(ILogger log, string path, Exception e);
}

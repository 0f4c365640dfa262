using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace ChatBot.Web;

/// <summary>Finds the endpoint of a request and writes its page, with the same headers on every answer.</summary>
internal sealed partial class WebRequests(IReadOnlyList<WebEndpoint> endpoints, ILogger log)
{
    private readonly Dictionary<string, WebEndpoint> _byPath = endpoints.ToDictionary(endpoint => endpoint.Path, StringComparer.Ordinal);

    public async Task AnswerAsync(HttpContext context)
    {
        var endpoint = _byPath.GetValueOrDefault(context.Request.Path.Value ?? "");
        var methods = endpoint?.Methods ?? WebEndpoint.Reading;
        var isAllowed = methods.Contains(context.Request.Method);
        var page = !isAllowed ? WebPage.Plain(StatusCodes.Status405MethodNotAllowed, $"only {string.Join(" and ", methods)}")
            : endpoint is null ? WebPage.Plain(StatusCodes.Status404NotFound, "no such page")
            : await PageAsync(endpoint, context);
        if (!isAllowed)
        {
            context.Response.Headers.Allow = string.Join(", ", methods);
        }

        await WriteAsync(context, page);
    }

    private async Task<WebPage> PageAsync(WebEndpoint endpoint, HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = endpoint.MostBytes;
        }

        try
        {
            return await endpoint.AnswerAsync(context.Request, context.RequestAborted);
        }
        catch (BadHttpRequestException refused)
        {
            return WebPage.Plain(refused.StatusCode, "this request cannot be read");
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            PageFailed(log, endpoint.Path, e);
            return WebPage.Plain(StatusCodes.Status500InternalServerError, "this page failed");
        }
    }

    private static async Task WriteAsync(HttpContext context, WebPage page)
    {
        var response = context.Response;
        response.StatusCode = page.Status;
        response.ContentType = page.ContentType;
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        var body = Encoding.UTF8.GetBytes(page.Body);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The page {Path} failed")]
    private static partial void PageFailed(ILogger log, string path, Exception e);
}

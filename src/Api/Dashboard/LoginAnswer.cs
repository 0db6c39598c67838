using System.Net.Mime;
using System.Text;
using BusIngest.Api.Configuration;
using BusIngest.Api.Dashboard.Parts;
using BusIngest.Api.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BusIngest.Api.Dashboard;

/// <summary>Lets people in with a key, and out again.</summary>
internal static class LoginAnswer
{
    /// <summary>The longest form in bytes: a key, and what escapes make of it.</summary>
    public const long LongestBody = 4L << 10;

    private const string Field = "key";

    /// <summary>Asks for a key.</summary>
    public static Task<IResult> ShowAsync(PageRenderer renderer) => AnswerAsync(renderer, isRefused: false);

    /// <summary>Begins a session and shows the dashboard, or asks again.</summary>
    public static async Task<IResult> EnterAsync(HttpContext context, Settings settings, PageRenderer renderer, TimeProvider time)
    {
        if (!context.Request.HasFormContentType)
            return await AnswerAsync(renderer, isRefused: true);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return new BrowserSessions(settings.ApiKeys, time).TryBegin(context, form[Field].ToString().Trim())
            ? SeeOther("/", context)
            : await AnswerAsync(renderer, isRefused: true);
    }

    /// <summary>Ends the session in this browser.</summary>
    public static IResult Leave(HttpContext context)
    {
        context.Response.Cookies.Delete(BrowserSessions.Cookie);
        return SeeOther(BrowserSessions.LoginPath, context);
    }

    private static async Task<IResult> AnswerAsync(PageRenderer renderer, bool isRefused)
    {
        var text = await renderer.RenderAsync<Login>(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(Login.IsRefused)] = isRefused });
        return TypedResults.Text(
            text, MediaTypeNames.Text.Html, Encoding.UTF8, isRefused ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);
    }

    private static StatusCodeHttpResult SeeOther(string path, HttpContext context)
    {
        context.Response.Headers.Location = path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}

using System.Net.Mime;
using System.Text;
using BusIngest.Api.Dashboard.Parts;
using BusIngest.Api.Hosting;
using BusIngest.Api.Security;
using BusIngest.Api.Telemetry.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace BusIngest.Api.Dashboard;

/// <summary>Lets people in with a key, and out again. Nothing but a small form is read, as anybody may send one.</summary>
internal static class LoginAnswer
{
    /// <summary>The longest form in bytes: a key, and what escapes make of it.</summary>
    public const long LongestBody = 4L << 10;

    private const string Field = "key";
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Asks for a key.</summary>
    public static Task<IResult> ShowAsync(PageRenderer renderer) => AnswerAsync(renderer, StatusCodes.Status200OK, refusal: null);

    /// <summary>Begins a session and shows the dashboard, or asks again.</summary>
    public static async Task<IResult> EnterAsync(HttpContext context, BrowserSessions sessions, WrongKeys wrong, PageRenderer renderer)
    {
        var wait = wrong.Wait(context);
        if (wait > TimeSpan.Zero)
        {
            Refusals.Count("login");
            var seconds = (long)Math.Ceiling(wait.TotalSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString();
            return await AnswerAsync(renderer, StatusCodes.Status429TooManyRequests, $"Too many wrong keys. Try again in {seconds} s.");
        }

        if (!IsForm(context.Request.ContentType))
            return Refuse(context, wrong, StatusCodes.Status415UnsupportedMediaType, $"A login is a form: {Form}.");
        if (await KeyOfAsync(context) is not { } key)
            return Refuse(context, wrong, StatusCodes.Status400BadRequest, $"The form must have the field {Field}, once.");
        if (sessions.TryBegin(context, key.Trim()))
            return SeeOther("/", context);

        wrong.Slow(context);
        return await AnswerAsync(renderer, StatusCodes.Status401Unauthorized, "There is no such key.");
    }

    /// <summary>Ends the session, in this browser and wherever else it is.</summary>
    public static async Task<IResult> LeaveAsync(HttpContext context, BrowserSessions sessions)
    {
        await sessions.EndAsync(context);
        return SeeOther(BrowserSessions.LoginPath, context);
    }

    private static bool IsForm(string? contentType) =>
        contentType?.Split(';', 2)[0].Trim().Equals(Form, StringComparison.OrdinalIgnoreCase) == true;

    private static async Task<string?> KeyOfAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
        reader.AdvanceTo(body.End);
        return form.TryGetValue(Field, out var values) && values is [{ } key] ? key : null;
    }

    private static ProblemHttpResult Refuse(HttpContext context, WrongKeys wrong, int status, string detail)
    {
        Refusals.Count("login");
        wrong.Tell(context, "A login", "it is no form with a key");
        return Problems.Status(status, detail);
    }

    private static async Task<IResult> AnswerAsync(PageRenderer renderer, int status, string? refusal)
    {
        var text = await renderer.RenderAsync<Login>(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(Login.Refusal)] = refusal });
        return TypedResults.Text(text, MediaTypeNames.Text.Html, Encoding.UTF8, status);
    }

    private static StatusCodeHttpResult SeeOther(string path, HttpContext context)
    {
        context.Response.Headers.Location = path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}

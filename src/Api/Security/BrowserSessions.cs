using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BusIngest.Api.Configuration;

namespace BusIngest.Api.Security;

/// <summary>
/// Lets in browsers whose user gave a key once: the session is a cookie with the key's name and an end, signed by the key's hash. So it holds no
/// secret, is known to every process that has the key, and ends with it.
/// </summary>
/// <param name="keys">The keys.</param>
/// <param name="time">The clock that sessions end by.</param>
internal sealed class BrowserSessions(IReadOnlyList<ApiKey> keys, TimeProvider time)
{
    /// <summary>Where to log in.</summary>
    public const string LoginPath = "/dashboard/login";

    /// <summary>The cookie.</summary>
    public const string Cookie = "busingest-session";

    /// <summary>Needed by writes: pages of other origins can't send it, not even those of the same site, which get the cookie.</summary>
    public const string PageHeader = "X-BusIngest";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Whether an address is open, so that one can log in.</summary>
    public static bool IsOpen(PathString path) =>
        path.StartsWithSegments(LoginPath, StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/dashboard/logout", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/dashboard/assets", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a person asks for a page, who had better be asked for a key.</summary>
    public static bool IsForPeople(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Sends somebody to the login.</summary>
    public static Task AskAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(LoginPath);
        return Task.CompletedTask;
    }

    /// <summary>Who sent a request; null: nobody with a session, or from a page of somebody else.</summary>
    public Caller? Find(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 } cookie || Read(cookie) is not { } key)
            return null;

        var isLook = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return isLook || request.Headers.ContainsKey(PageHeader) ? new Caller(key.Name, key.Scopes) : null;
    }

    /// <summary>Begins a session, if the key is one.</summary>
    public bool TryBegin(HttpContext context, string given)
    {
        var hash = ApiKey.Hash(given);
        // Every key is compared, so that the time taken does not tell which one came close.
        ApiKey? found = null;
        foreach (var key in keys)
        {
            if (key.Matches(hash))
                found = key;
        }

        if (found is null)
            return false;

        context.Response.Cookies.Append(Cookie, Write(found), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            MaxAge = Lifetime,
            IsEssential = true,
        });
        return true;
    }

    private string Write(ApiKey key)
    {
        var claim = $"{time.GetUtcNow().Add(Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}.{Encode(Encoding.UTF8.GetBytes(key.Name))}";
        return $"{claim}.{Encode(Sign(key, claim))}";
    }

    private ApiKey? Read(string cookie)
    {
        if (cookie.Split('.') is not [var end, var name, var signature]
            || !long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds <= time.GetUtcNow().ToUnixTimeSeconds())
            return null;

        // Every key is compared here as well; a name may be given to several.
        ApiKey? found = null;
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Encode(Sign(key, $"{end}.{name}"))), Encoding.UTF8.GetBytes(signature)))
                found = key;
        }

        return found;
    }

    private static byte[] Sign(ApiKey key, string claim) => key.Sign(Encoding.UTF8.GetBytes($"session.{claim}"));

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}

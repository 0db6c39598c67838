using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BusIngest.Api.Configuration;

namespace BusIngest.Api.Security;

/// <summary>
/// Lets in browsers whose user gave a key once: the session is a cookie with an id, the key's name and an end, signed by a secret of its own and by
/// the key's hash. So it tells no secret, ends with its key, and ends when its user logs out, wherever it was copied to.
/// </summary>
internal sealed class BrowserSessions(Settings settings, SessionKey secret, EndedSessions ended, TimeProvider time)
{
    /// <summary>Where to log in.</summary>
    public const string LoginPath = "/dashboard/login";

    /// <summary>Needed by writes: pages of other origins can't send it, not even those of the same site, which get the cookie.</summary>
    public const string PageHeader = "X-BusIngest";

    private const string PlainCookie = "busingest-session";

    /// <summary>With this prefix browsers take a cookie from HTTPS alone, and from no other name of the site.</summary>
    private const string SecureCookie = "__Host-" + PlainCookie;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private string Cookie => settings.Http.IsSecure ? SecureCookie : PlainCookie;

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

    /// <summary>The session of a request; null: none, or it is over.</summary>
    public async ValueTask<BrowserSession?> FindAsync(HttpRequest request) =>
        request.Cookies[Cookie] is { Length: > 0 } cookie && Read(cookie) is { } session && !await ended.ContainsAsync(session.Id) ? session : null;

    /// <summary>Whether a session is enough for a request: a write has to come from a page of ours.</summary>
    public static bool Suffices(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.ContainsKey(PageHeader);

    /// <summary>Ends when the session does.</summary>
    public CancellationToken Until(BrowserSession session) => ended.Until(session);

    /// <summary>Begins a session, if the key is one.</summary>
    public bool TryBegin(HttpContext context, string given)
    {
        var hash = ApiKey.Hash(given);
        // Every key is compared, so that the time taken does not tell which one came close.
        ApiKey? found = null;
        foreach (var key in settings.ApiKeys)
        {
            if (key.Matches(hash))
                found = key;
        }

        if (found is null)
            return false;

        context.Response.Cookies.Append(Cookie, Write(found), Options(context, Lifetime));
        return true;
    }

    /// <summary>Ends the session of a request, everywhere.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (await FindAsync(context.Request) is { } session)
            await ended.AddAsync(session);
        context.Response.Cookies.Delete(Cookie, Options(context, lifetime: null));
    }

    private CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = settings.Http.IsSecure || context.Request.IsHttps,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };

    private string Write(ApiKey key)
    {
        var end = time.GetUtcNow().Add(Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var claim = $"{end}.{Encode(Encoding.UTF8.GetBytes($"{Guid.NewGuid():N}{key.Name}"))}";
        return $"{claim}.{Encode(Sign(key, claim))}";
    }

    private BrowserSession? Read(string cookie)
    {
        if (cookie.Split('.') is not [var end, var whose, var signature]
            || !long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds <= time.GetUtcNow().ToUnixTimeSeconds())
            return null;

        // Every key is compared here as well; a name may be given to several.
        ApiKey? found = null;
        foreach (var key in settings.ApiKeys)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Encode(Sign(key, $"{end}.{whose}"))), Encoding.UTF8.GetBytes(signature)))
                found = key;
        }

        // What is signed was written here.
        return found is null
            ? null
            : new BrowserSession(
                Guid.ParseExact(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(whose))[..32], "N"),
                DateTimeOffset.FromUnixTimeSeconds(seconds),
                found);
    }

    private byte[] Sign(ApiKey key, string claim) => secret.Sign(key.Sign(Encoding.UTF8.GetBytes($"session.{claim}")));

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}

using BusIngest.Workers.Timers.Webhooks.Signing;

namespace BusIngest.Workers.Timers.Webhooks.Calls;

/// <summary>Follows redirects that stay on the same scheme, host and port and keep the POST a POST: 307 and 308.</summary>
internal sealed class Redirects(WebhookClient client)
{
    /// <summary>How many are followed.</summary>
    private const int Most = 3;

    private const int MaxShownLength = 200;

    /// <summary>Posts a delivery, again wherever it is redirected to.</summary>
    /// <returns>The last answer; if that is a redirect, with the reason that it was not followed.</returns>
    public async Task<WebhookAnswer> PostAsync(Uri url, SignedDelivery delivery, CancellationToken cancellationToken)
    {
        for (var followed = 0; ; followed++)
        {
            var answer = await client.PostAsync(url, delivery, cancellationToken);
            if (answer.Status is not (301 or 302 or 303 or 307 or 308))
                return answer;

            var refusal = Refuse(answer, url, followed, out var target);
            if (refusal is not null)
            {
                answer.RefusedRedirect = $"{answer.StatusText} to {Show(target)} refused: {refusal}";
                return answer;
            }

            answer.Dispose();
            url = target!;
        }
    }

    private static string? Refuse(WebhookAnswer answer, Uri url, int followed, out Uri? target)
    {
        if (!Uri.TryCreate(url, answer.Location, out target))
            return "no address";
        if (answer.Status is not (307 or 308))
            return "only 307 and 308 are followed";
        if (!IsSameOrigin(url, target))
            return "another host";
        return followed < Most ? null : $"after {Most} redirects";
    }

    private static bool IsSameOrigin(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Without credentials, and not too long.</summary>
    private static string Show(Uri? target)
    {
        var text = target is null ? "nowhere" : target.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        return text.Length <= MaxShownLength ? text : text[..MaxShownLength] + "…";
    }
}

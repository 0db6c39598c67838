using System.Net.Http.Headers;
using System.Text.Json;
using BusIngest.Contracts.Timers;

namespace BusIngest.Workers.Timers.Webhooks.Signing;

/// <summary>A delivery as it goes over the wire: the body's bytes are written once, so that what is signed is what is sent.</summary>
internal sealed class SignedDelivery
{
    private readonly byte[] _body;
    private readonly string _id;
    private readonly string _timestamp;
    private readonly string _signature;

    /// <summary>Writes and signs it.</summary>
    /// <param name="message">What is delivered.</param>
    /// <param name="secrets">What it is signed with.</param>
    /// <param name="now">The time of this attempt; receivers refuse old ones.</param>
    public SignedDelivery(DeliverWebhook message, IReadOnlyList<SigningSecret> secrets, DateTimeOffset now)
    {
        var payload = new WebhookPayload(message.TimerId, message.DueAt, message.FiredAt);
        var timestamp = now.ToUnixTimeSeconds();
        _body = JsonSerializer.SerializeToUtf8Bytes(payload, WebhookJson.Default.WebhookPayload);
        _id = $"msg_{message.TimerId:N}";
        _timestamp = $"{timestamp}";
        _signature = WebhookSignature.Create(secrets, _id, timestamp, _body);
    }

    /// <summary>A POST of it.</summary>
    public HttpRequestMessage PostTo(Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(_body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("BusIngest", productVersion: null));
        request.Headers.Add("webhook-id", _id);
        request.Headers.Add("webhook-timestamp", _timestamp);
        request.Headers.Add("webhook-signature", _signature);
        return request;
    }
}

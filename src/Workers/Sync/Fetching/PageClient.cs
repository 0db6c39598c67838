using BusIngest.Workers.Net;
using BusIngest.Workers.Sync.Pacing;
using BusIngest.Workers.Sync.Pages;
using BusIngest.Workers.Sync.Sources;
using Microsoft.AspNetCore.WebUtilities;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>Asks a source for a page, once.</summary>
internal sealed class PageClient(PageHttp http, PagesInHand inHand, SyncOptions options, TimeProvider time)
{
    /// <summary>Asks for a page.</summary>
    /// <param name="source">Whom.</param>
    /// <param name="cursor">Where the page begins; null: the first one.</param>
    /// <param name="answerWithin">How long the headers may take.</param>
    /// <param name="stopping">Ends the request because it is not wanted any more.</param>
    /// <returns>A page, whose memory the caller gives back, or a fault.</returns>
    /// <exception cref="OperationCanceledException">It is not wanted any more.</exception>
    public async Task<PageAnswer> FetchAsync(PullSource source, string? cursor, TimeSpan answerWithin, CancellationToken stopping)
    {
        var begun = time.GetTimestamp();
        var answer = new PageAnswer { SentAt = time.GetUtcNow(), AnsweredAt = time.GetUtcNow() };
        using var limit = new CancellationTokenSource(answerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            using var request = source.RequestPage(cursor);
            using var response = await http.SendAsync(request, either.Token);
            limit.CancelAfter(options.PageTimeout);
            var now = time.GetUtcNow();
            answer = answer with { AnsweredAt = now, Rate = RateHeaders.Read(response.Headers, source.Definition, now, options.LongestWait) };
            answer = Judge(response, cursor, answer.Rate) is { } fault
                ? answer with { Fault = fault }
                : answer with { Page = await ReadAsync(response, source, either.Token) };
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested && Explain(exception, answer.Rate is not null) is { } fault)
        {
            answer = answer with { Fault = fault, AnsweredAt = answer.Rate is null ? time.GetUtcNow() : answer.AnsweredAt };
        }

        return answer with { Duration = time.GetElapsedTime(begun) };
    }

    private async Task<FetchedPage> ReadAsync(HttpResponseMessage response, PullSource source, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var reader = new PageReader(source.Definition, source.Fields, source.Keys, options.Limits, inHand);
        return await reader.ReadAsync(body, response.Content.Headers.ContentLength, cancellationToken);
    }

    private static PageFault? Judge(HttpResponseMessage response, string? cursor, RateHeaders rate)
    {
        var status = (int)response.StatusCode;
        var text = $"{status} {ReasonPhrases.GetReasonPhrase(status)}".TrimEnd();
        return status switch
        {
            // What its content is, its first byte tells.
            >= 200 and < 300 => null,
            429 => new PageFault(FaultKind.Throttled, text),
            403 when rate.IsThrottle => new PageFault(FaultKind.Throttled, text),
            401 or 403 => new PageFault(FaultKind.Unauthorized, $"{text}: the source does not accept the key"),
            400 or 410 when cursor is not null => new PageFault(FaultKind.CursorExpired, $"{text}: the cursor has expired"),
            501 or 505 => new PageFault(FaultKind.Refused, $"{text}: the source does not know the request"),
            408 or 425 or >= 500 => new PageFault(FaultKind.ServerError, text) { RetryAfter = rate.RetryAfter },
            _ => new PageFault(FaultKind.Refused, $"{text}: the source refuses the request"),
        };
    }

    /// <summary>The fault that an exception stands for; null: none.</summary>
    private static PageFault? Explain(Exception exception, bool isAnswered) => exception switch
    {
        PageFormatException format => new PageFault(KindOf(format.Trouble), format.Message),
        OperationCanceledException => new PageFault(FaultKind.Timeout, isAnswered ? "the page did not arrive in time" : "no answer in time"),
        HttpRequestException http when CallFailure.FindBlocked(http) is { } blocked => new PageFault(FaultKind.Blocked, $"blocked: {blocked.Message}"),
        HttpRequestException or IOException or InvalidDataException when isAnswered =>
            new PageFault(FaultKind.Truncated, "the page breaks off: the connection was closed"),
        HttpRequestException http => new PageFault(FaultKind.Network, CallFailure.Describe(http)),
        IOException io => new PageFault(FaultKind.Network, io.Message),
        UnsendableKeyException unsendable => new PageFault(FaultKind.Refused, unsendable.Message),
        UriFormatException => new PageFault(FaultKind.Refused, "the source's address is none"),
        _ => null,
    };

    private static FaultKind KindOf(FormatTrouble trouble) => trouble switch
    {
        FormatTrouble.Html => FaultKind.Html,
        FormatTrouble.Truncated => FaultKind.Truncated,
        FormatTrouble.TooMuch => FaultKind.TooMuch,
        _ => FaultKind.NotAPage,
    };
}

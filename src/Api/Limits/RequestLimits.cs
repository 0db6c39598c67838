namespace BusIngest.Api.Limits;

/// <summary>Limits a client's requests, before anything is read of them.</summary>
/// <param name="limits">Keeps count.</param>
/// <param name="policies">What is limited.</param>
internal sealed class RequestLimits(ILimits limits, LimitPolicies policies)
{
    /// <summary>Lets a request through, or answers it with 429. Routes that are not marked are not limited.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<LimitedRoute>() is not { } route
            || route.When?.Invoke(context.Request) == false || policies.Header(route) is not { } header)
            return next(context);

        var headers = new LimitHeaders(header);
        headers.WriteTo(context.Response);
        context.Features.Set(headers);
        return policies.Requests is { } policy ? CheckAsync(context, next, policy, route, headers) : next(context);
    }

    private async Task CheckAsync(HttpContext context, RequestDelegate next, LimitPolicy policy, LimitedRoute route, LimitHeaders headers)
    {
        LimitCharge[] charges = [new(policy, $"{route.Name}:{ClientAddress.Of(context.Connection.RemoteIpAddress)}", 1)];
        var outcome = await limits.TakeAsync(charges);
        headers.Add(charges, outcome.States);
        if (outcome.IsAllowed)
        {
            await next(context);
            return;
        }

        var detail = $"More than {policy.Quota} requests within 60 s from this address.";
        await LimitRefusals.Refuse(context.Response, detail, [policy], outcome.WaitSeconds).ExecuteAsync(context);
    }
}

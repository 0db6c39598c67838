using System.Net.Mime;
using System.Text;
using BusIngest.Api.Hosting;
using BusIngest.Bus.Sagas;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BusIngest.Api.Sagas;

/// <summary>The routes of the sagas, whatever their kind.</summary>
internal static class SagaEndpoints
{
    /// <summary>Adds what the routes need.</summary>
    public static IServiceCollection AddSagasApi(this IServiceCollection services) => services.AddTransient<SagaQueries>();

    /// <summary>Maps `/sagas…`.</summary>
    public static void MapSagasApi(this IEndpointRouteBuilder routes)
    {
        var sagas = routes.MapGroup("/sagas").WithTags("Sagas");
        sagas.MapGet("", CountAsync).Produces<SagaCounts>().WithSummary("The kinds of saga, and how many of each are in which state");
        sagas.MapGet("/{kind}", ListAsync)
            .Produces<SagaPage>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithQuery(QueryField.Limit, QueryField.After, QueryField.Text("state", "Only sagas in this state, which is one of the kind's"))
            .WithSummary("Sagas of a kind, the newest first");
        sagas.MapGet("/{kind}/graph", Graph)
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Text.Plain).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("The state machine of a kind, as a Mermaid state diagram");
        sagas.MapGet("/{kind}/{correlationId}", FindAsync)
            .Produces<SagaView>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("One saga, what it knows, and its changes of state");
    }

    private static async Task<JsonHttpResult<SagaCounts>> CountAsync(SagaQueries sagas, CancellationToken cancellationToken) =>
        TypedResults.Json(await sagas.CountAsync(cancellationToken), SagaApiJson.Default.SagaCounts);

    private static async Task<IResult> ListAsync(
        string kind, string? state, string? limit, string? after, SagaKinds kinds, SagaQueries sagas, CancellationToken cancellationToken)
    {
        if (kinds.Find(kind) is not { } machine)
            return UnknownKind(kind);

        var errors = new FieldErrors();
        if (state is not null && !machine.States.Contains(state, StringComparer.Ordinal))
            errors.Add("state", $"must be one of {string.Join(", ", machine.States)}");
        return PageRequest.TryRead(limit, after, SagaQueries.Scope(kind, state), errors, out var page)
            ? TypedResults.Json(
                await sagas.ListAsync(page, kind, state is null ? machine.States : [state], cancellationToken), SagaApiJson.Default.SagaPage)
            : Problems.Validation(errors.ByField);
    }

    // As plain text, which every browser shows; text/vnd.mermaid it would save to a file.
    private static IResult Graph(string kind, SagaKinds kinds) =>
        kinds.Find(kind) is { } machine
            ? TypedResults.Text(MermaidDiagram.Of(machine), MediaTypeNames.Text.Plain, Encoding.UTF8)
            : UnknownKind(kind);

    private static async Task<IResult> FindAsync(
        string kind, string correlationId, SagaKinds kinds, SagaQueries sagas, CancellationToken cancellationToken)
    {
        if (kinds.Find(kind) is null)
            return UnknownKind(kind);

        return Guid.TryParse(correlationId, out var id) && await sagas.FindAsync(kind, id, cancellationToken) is { } saga
            ? TypedResults.Json(saga, SagaApiJson.Default.SagaView)
            : Problems.NotFound($"There is no saga '{correlationId}' of the kind '{kind}'.");
    }

    private static ProblemHttpResult UnknownKind(string kind) => Problems.NotFound($"There is no kind of saga '{kind}'.");
}

using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Sagas.Remote;

/// <summary>Reads sagas as documents from where their kind is kept: a server of their own, or the main database.</summary>
internal sealed class RoutedSagaDocuments(ISagaDocuments main, IEnumerable<IKeptSagas> elsewhere) : ISagaDocuments
{
    private readonly IKeptSagas[] _elsewhere = [.. elsewhere];

    /// <summary>Lets <see cref="ISagaDocuments"/> find what is kept elsewhere. After the main database.</summary>
    public static void Add(IServiceCollection services)
    {
        var main = services.Last(service => service.ServiceType == typeof(ISagaDocuments));
        services.Remove(main);
        services.AddSingleton(main.ImplementationType!);
        services.AddSingleton<ISagaDocuments>(provider => new RoutedSagaDocuments(
            (ISagaDocuments)provider.GetRequiredService(main.ImplementationType!), provider.GetServices<IKeptSagas>()));
    }

    public async ValueTask<SagaDocument?> FindAsync(string kind, Guid correlationId, CancellationToken cancellationToken)
    {
        if (Keeper(kind) is not { } keeper)
            return await main.FindAsync(kind, correlationId, cancellationToken);
        return await keeper.FindAsync(kind, correlationId, cancellationToken) is { } found ? Read(found.Saga) : null;
    }

    public async ValueTask<IReadOnlyList<SagaDocument>> FindAsync(
        string kind, IReadOnlyCollection<Guid> correlationIds, CancellationToken cancellationToken) => Keeper(kind) is { } keeper
        ? [.. (await keeper.FindAsync(kind, correlationIds, cancellationToken)).Select(Read)]
        : await main.FindAsync(kind, correlationIds, cancellationToken);

    public async ValueTask<IReadOnlyList<SagaDocument>> ListAsync(
        string kind, string? state, long? before, int limit, CancellationToken cancellationToken) => Keeper(kind) is { } keeper
        ? [.. (await keeper.ListAsync(kind, state, before, limit, cancellationToken)).Select(Read)]
        : await main.ListAsync(kind, state, before, limit, cancellationToken);

    public async ValueTask<long> CountAsync(string kind, long last, CancellationToken cancellationToken) => Keeper(kind) is { } keeper
        ? await keeper.CountAsync(kind, last, cancellationToken)
        : await main.CountAsync(kind, last, cancellationToken);

    private IKeptSagas? Keeper(string kind) => Array.Find(_elsewhere, keeper => keeper.Keeps(kind));

    private static SagaDocument Read(SagaInstance saga) => new(saga.Seq, saga.CorrelationId, saga.State, saga.Version, Encoding.UTF8.GetBytes(saga.Document));
}

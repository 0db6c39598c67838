using BusIngest.Bus.Mongo;
using BusIngest.Bus.Storage;

namespace BusIngest.Api.Commands;

/// <summary>Deletes the copies of documents in MongoDB, and sagas that are kept there. What else is in these collections stays.</summary>
internal sealed class CleanMongo(MongoServer server, MongoStock stock) : ICleanTarget
{
    /// <inheritdoc />
    public string Name => $"MongoDB {server.Name}";

    /// <inheritdoc />
    public Task<CleanStock> CountAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
        new CleanStock([.. (await stock.CountAsync(cancellationToken)).Select(count => new CleanItem(count.Collection, count.Documents, "documents"))]));

    /// <inheritdoc />
    public Task CleanAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await stock.DeleteAsync(cancellationToken);
        return true;
    });

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (StorageUnavailableException exception)
        {
            throw new CommandException(exception.Message, exception);
        }
    }
}

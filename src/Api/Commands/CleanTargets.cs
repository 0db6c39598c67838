using BusIngest.Api.Configuration;
using BusIngest.Bus;
using BusIngest.Bus.Mongo;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Transports.RabbitMq;

namespace BusIngest.Api.Commands;

/// <summary>The places that hold data, as the settings name them and the program itself would use them.</summary>
internal sealed class CleanTargets : IAsyncDisposable
{
    private readonly UnstartedProgram _program;

    private CleanTargets(Settings settings, CleanOptions options)
    {
        _program = UnstartedProgram.Of(settings, takesDataDirectory: false);
        var inventory = new BusInventory(_program.Services);
        var tables = CleanTable.Of(inventory);
        var postgres = _program.Services.GetService<PostgresOptions>();
        var paths = options.DataDirectories.Count > 0 ? options.DataDirectories.Select(Path.GetFullPath) : [settings.DataDir];
        List<CleanDataDirectory> directories = [.. paths.Select(path => new CleanDataDirectory(path, tables, holdsDatabase: postgres is null))];

        // What waits goes before what was made of it, or it would be made again.
        if (_program.Services.GetService<RabbitMqOptions>() is { } rabbitMq)
            All.Add(new CleanRabbitMq(rabbitMq, inventory.Queues()));
        if (_program.Services.GetService<RedisOptions>() is { } redis)
            All.Add(new CleanRedis(redis));
        if (_program.Services.GetService<MongoServer>() is { } mongo)
            All.Add(new CleanMongo(mongo, _program.Services.GetRequiredService<MongoStock>()));
        All.AddRange(directories);
        if (postgres is not null)
            All.Add(new CleanPostgres(postgres, tables, directories));
    }

    /// <summary>The places, in the order in which they are cleaned.</summary>
    public List<ICleanTarget> All { get; } = [];

    /// <summary>Reads the settings of this process.</summary>
    /// <exception cref="SettingsException">Some are wrong.</exception>
    public static CleanTargets Of(CleanOptions options) => new(SettingsLoader.Load([]), options);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _program.DisposeAsync();
}

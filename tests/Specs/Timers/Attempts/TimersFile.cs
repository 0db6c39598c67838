using BusIngest.Bus.Sagas;
using BusIngest.Bus.Storage;
using BusIngest.Workers.Timers.Attempts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace BusIngest.Specs.Timers.Attempts;

/// <summary>The timers' and the sagas' tables of a directory, without a bus.</summary>
internal sealed class TimersFile : IAsyncDisposable
{
    private readonly DataDirectory _directory;

    private TimersFile(string folder)
    {
        _directory = DataDirectory.Take(folder);
        Database = new MainDatabase(_directory, NullLogger<MainDatabase>.Instance);
    }

    public MainDatabase Database { get; }

    /// <summary>Migrates the timers first, as the order of the parts is nobody's promise.</summary>
    public static async Task<TimersFile> OpenAsync(string folder)
    {
        var file = new TimersFile(folder);
        await using var timers = new TimersContext(file.Database);
        await timers.Database.MigrateAsync();
        await using var sagas = new SagasContext(file.Database);
        await sagas.Database.MigrateAsync();
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _directory.Dispose();
    }
}

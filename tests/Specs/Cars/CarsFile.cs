using BusIngest.Bus.Storage;
using BusIngest.Workers.Cars;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace BusIngest.Specs.Cars;

/// <summary>The cars' tables of a directory, without a bus.</summary>
internal sealed class CarsFile : IAsyncDisposable
{
    private readonly DataDirectory _directory;

    private CarsFile(string folder)
    {
        _directory = DataDirectory.Take(folder);
        Database = new MainDatabase(_directory, NullLogger<MainDatabase>.Instance);
    }

    public MainDatabase Database { get; }

    public static async Task<CarsFile> OpenAsync(string folder)
    {
        var file = new CarsFile(folder);
        await using var context = new CarsContext(file.Database);
        await context.Database.MigrateAsync();
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _directory.Dispose();
    }
}

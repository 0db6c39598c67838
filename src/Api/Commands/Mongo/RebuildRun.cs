using System.Globalization;
using BusIngest.Api.Configuration;
using BusIngest.Bus;
using BusIngest.Bus.Mongo;
using BusIngest.Bus.Storage;

namespace BusIngest.Api.Commands.Mongo;

/// <summary>`mongo rebuild`: puts the program together, starts nothing of it, and copies all documents.</summary>
internal sealed class RebuildRun
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly CopyRebuild _rebuild;
    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private readonly long _documents;
    private volatile IReadOnlyDictionary<string, long> _left;

    private RebuildRun(CopyRebuild rebuild, IReadOnlyDictionary<string, long> documents)
    {
        (_rebuild, _left) = (rebuild, documents);
        _documents = documents.Values.Sum();
    }

    /// <summary>Runs.</summary>
    /// <returns>What the process exits with: 0.</returns>
    /// <exception cref="CommandException">There is no MONGO_URI.</exception>
    /// <exception cref="DataDirectoryException">SQLite, and another process has the data directory.</exception>
    /// <exception cref="StorageUnavailableException">MongoDB, or the database, can't be reached.</exception>
    public static async Task<int> RunAsync(Settings settings, CommandConsole console, CancellationToken cancellationToken)
    {
        if (settings.Mongo is null)
            throw new CommandException("MONGO_URI is not set: there are no copies.");

        await using var program = UnstartedProgram.Of(settings, takesDataDirectory: settings.Postgres is null);
        await program.Services.PrepareStorageAsync(cancellationToken);
        var rebuild = program.Services.GetRequiredService<CopyRebuild>();
        var run = new RebuildRun(rebuild, await rebuild.BeginAsync(cancellationToken));
        await CommandProgress.ShowAsync(run.RunAsync(cancellationToken), () => run.State(console), console, TimeProvider.System);
        await console.WriteAsync(run.Line(isDone: true), CommandJson.Default.RebuildLine);
        await console.SayAsync(string.Create(
            CultureInfo.InvariantCulture, $"{run._documents:N0} documents copied to {settings.Mongo} in {run.Elapsed.TotalSeconds:0.0} s"));
        return 0;
    }

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_begun);

    private long Copied => Math.Max(0, _documents - _left.Values.Sum());

    /// <summary>Whoever holds a collection copies it: this process, or one that serves.</summary>
    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var copying = _rebuild.RunAsync(over.Token);
        try
        {
            do
            {
                await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
                _left = await _rebuild.LeftAsync(cancellationToken);
            }
            while (_left.Count > 0);
        }
        finally
        {
            await over.CancelAsync();
            await copying;
        }
    }

    private ProgressState State(CommandConsole console) => new(Copied, _documents, Text())
    {
        WriteJsonAsync = () => console.WriteAsync(Line(isDone: false), CommandJson.Default.RebuildLine),
    };

    private string Text() => string.Create(CultureInfo.InvariantCulture, $"{Copied:N0} of {_documents:N0} documents copied")
        + string.Concat(_left.OrderBy(left => left.Key, StringComparer.Ordinal).Select(left => string.Create(
            CultureInfo.InvariantCulture, $", {left.Value:N0} {left.Key} left")));

    private RebuildLine Line(bool isDone) => new(Copied, _documents, _left, (long)Elapsed.TotalMilliseconds, isDone);
}
